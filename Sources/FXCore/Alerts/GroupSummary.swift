/// The pairs of an alert about several, as they are sent.
package struct GroupSummary: Sendable {
  /// One pair with its verdict.
  struct Member: Sendable {
    let series: Series
    let verdict: Verdict

    /// The current rate and the change; nil where there is none.
    let rate: String?
    let percent: String?

    /// The change with its sign; nil where the rate was only repeated.
    let change: String?

    /// The pair, with its side unless that is mid.
    var name: String {
      series.side == .mid ? "\(series.pair)" : "\(series.pair) \(series.side.rawValue)"
    }
  }

  let members: [Member]
  let needed: Int
  let total: Int

  /// The most members that a payload lists, and that a sentence names.
  private static let mostListed = 50
  private static let mostNamed = 5

  /// The pairs of an alert that is evaluated.
  init(_ group: AlertGroup, _ alert: EvaluatedAlert) {
    needed = group.needed
    total = group.total
    members = group.members.map { member in
      guard let view = member.view else {
        return Member(
          series: member.series, verdict: member.verdict, rate: nil, percent: nil, change: nil)
      }
      let anchor = alert.rule.condition.anchor(on: view, at: alert.context.moment)
      let rate = view.current.rate
      let move = anchor.flatMap { anchor in
        AlertMove(
          to: view.current, view.scale, from: anchor, view.scale(of: anchor.rate.nominal),
          tick: rate.tick(scale: max(view.scale, rate.printed.scale)))
      }
      return Member(
        series: member.series, verdict: member.verdict, rate: rate.perUnitText,
        percent: move?.percent,
        change: move.flatMap { $0.isUnchanged ? nil : $0.signedPercent })
    }
  }

  private var holding: [Member] { members.filter { $0.verdict == .holds } }

  /// The number of pairs for which the condition holds.
  var count: Int { holding.count }

  /// The pairs for which the condition holds: `EUR/USD, EUR/JPY and 2 more`.
  var names: String { count == 0 ? "none" : listed { $0.name } }

  /// The sentence without a template: `3 of 5 pairs at ecb: EUR/USD +1.20 %, EUR/JPY +1.52 %`.
  func sentence(at source: SourceName) -> String {
    let start = "\(count) of \(PluralText.text(total, "pair")) at \(source)"
    guard count > 0 else { return start }
    return start + ": "
      + listed { member in member.name + (member.change.map { " " + $0 } ?? "") }
  }

  private func listed(_ text: (Member) -> String) -> String {
    let named = holding.prefix(Self.mostNamed).map(text).joined(separator: ", ")
    let rest = count - Self.mostNamed
    return rest > 0 ? named + " and \(rest) more" : named
  }

  /// The pairs in the data of an alert.
  package var json: JSONValue {
    .object([
      .init("needed", .integer(needed)), .init("count", .integer(count)),
      .init("total", .integer(total)),
      .init("members", .array(members.prefix(Self.mostListed).map(Self.json))),
    ])
  }

  /// The pairs as lines of an explanation: the number, and each with its verdict.
  package var lines: [String] {
    ["\(count) of \(PluralText.text(total, "pair")), \(needed) needed"]
      + members.prefix(Self.mostListed).map { member in
        ([member.name + ":", member.verdict.word] + [member.rate, member.change].compactMap(\.self))
          .joined(separator: " ")
      }
  }

  private static func json(_ member: Member) -> JSONValue {
    .object([
      .init("pair", .string(member.series.pair.description)),
      .init("side", .string(member.series.side.rawValue)),
      .init("verdict", .string(member.verdict.word)),
      .init("rate", .optional(member.rate)),
      .init("percent", .optional(member.percent)),
    ])
  }
}

extension Verdict {
  /// The verdict as a word.
  package var word: String {
    switch self {
    case .holds: "true"
    case .doesNotHold: "false"
    case .undecided: "undecided"
    case .unknown: "unknown"
    }
  }
}
