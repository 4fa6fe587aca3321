/// A random past: sources, what they printed and when, and rules.
struct Scenario {
  /// A source of the scenario.
  struct Source {
    let name: String

    /// True if another rate of a value date is a revision.
    let isFixing: Bool

    /// The decimals that it is known to print; nil where only its rates show it.
    let declaredScale: Int?
  }

  /// A printed rate.
  struct Line {
    let pair: String
    let printed: String
    let nominal: Int64

    var scale: Int { printed.split(separator: ".").dropFirst().first?.count ?? 0 }

    var rate: Ratio { (Ratio(decimal: printed) ?? .zero) / Ratio(nominal) }
  }

  /// Something that happens.
  struct Step {
    let at: Int64
    let action: Action

    /// The kinds of steps.
    enum Action {
      /// A source prints all its lines for a value date; several days if some were missed.
      case publish(source: String, pages: [(day: Int64, lines: [Line])])
      /// The program is restarted.
      case restart
    }
  }

  let sources: [Source]
  var rules: [WatchedRule]
  var steps: [Step]

  /// The end of the time that is simulated.
  let end: Int64

  /// All rates that are printed.
  var lines: [Line] {
    steps.flatMap { step -> [Line] in
      guard case .publish(_, let pages) = step.action else { return [] }
      return pages.flatMap(\.lines)
    }
  }

  /// True if rates of a pair are for different nominals.
  var isMixed: Bool {
    Dictionary(grouping: lines, by: \.pair).values.contains { Set($0.map(\.nominal)).count > 1 }
  }

  func source(_ name: String) -> Source? { sources.first { $0.name == name } }
}

/// A rule on one series.
///
/// Its properties are the keys of a rule.
struct WatchedRule {
  var name: String
  let source: String
  let pair: String

  /// The pairs, where one alert is about several.
  var group: RuleGroup?
  var claim: Claim
  var release: Claim?
  var publications = 0
  var time: (milliseconds: Int64, text: String)?
  var certainty = "certain"
  var remind: (milliseconds: Int64, text: String)?
  var isOnce = false
  var expires: Int64?
  var isForcedEvent = false
  var maxAge: (milliseconds: Int64, text: String)?

  /// The instant from which on it is not evaluated.
  var end: Int64? { expires.map { ($0 + 1) * Calendar.day } }

  var isEvent: Bool { isForcedEvent || claim.isEvent }

  var readSource: String? { claim.readSource ?? release?.readSource }
  var usesAge: Bool { claim.usesAge || release?.usesAge ?? false }
  /// The pairs that it watches.
  var pairs: [String] { group?.pairs ?? [pair] }

  /// True if it names revisions, which then are events of their own.
  var namesRevisions: Bool {
    claim.leaves.contains { if case .revised = $0 { true } else { false } }
  }

  var readsOtherPairs: Bool { claim.readsOtherPairs || release?.readsOtherPairs ?? false }

  /// The rule as in the config.
  var text: String {
    let pairs = group?.pairs.joined(separator: ", ") ?? pair
    var keys = ["when: \"\(claim.text)\"", "pairs: [\(pairs)]", "sources: [\(source)]"]
    if let group { keys.append(group.text) }
    if let release { keys.append("release: \"\(release.text)\"") }
    if publications > 0 { keys.append("for: \(publications)") }
    if let time { keys.append("for: \(time.text)") }
    if certainty != "certain" { keys.append("certainty: \(certainty)") }
    if let remind { keys.append("remind: \(remind.text)") }
    if isOnce { keys.append("once: true") }
    if let expires { keys.append("expires: \(Calendar.text(ofDay: expires))") }
    if isForcedEvent { keys.append("kind: event") }
    if let maxAge { keys.append("max_age: \(maxAge.text)") }
    return "\(name): {\(keys.joined(separator: ", "))}"
  }
}

/// A notification, reduced to what the contract fixes.
struct Notice: Hashable, Comparable {
  let at: Int64
  let rule: String
  let type: String
  let rate: String
  var previous: String?
  var isFlapping = false
  var reason: String?
  var holds: Bool?

  static func < (left: Notice, right: Notice) -> Bool {
    (left.at, left.rule, left.type) < (right.at, right.rule, right.type)
  }

  var text: String {
    let words = [
      previous.map { "from \($0)" }, isFlapping ? "flapping" : nil, reason,
      holds.map { "holds: \($0)" },
    ]
    return ([Moment(at).text, rule, type, rate] + words.compactMap(\.self)).joined(separator: " ")
  }
}

/// An instant that is printed as in a rule test.
struct Moment {
  let at: Int64

  init(_ at: Int64) { self.at = at }

  var text: String {
    let rest = at - Calendar.days(at: at) * Calendar.day
    func padded(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    let seconds = rest / 1000 % 60
    return Calendar.text(ofDay: Calendar.days(at: at)) + " " + padded(rest / 3_600_000) + ":"
      + padded(rest / 60_000 % 60) + (seconds > 0 ? ":" + padded(seconds) : "")
  }
}
