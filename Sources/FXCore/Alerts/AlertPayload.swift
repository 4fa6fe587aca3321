/// Builds the `data` of alert notifications: the evidence, with every decimal as a string.
enum AlertPayload {
  /// The version of the layout; receivers may rely on it.
  static let version = 1

  /// What an alert tells of.
  struct Subject {
    let rule: Rule
    let alertID: String
    let view: any SeriesView
    let series: Series
    let publishedChange: String?
    let headlines: [Headline]

    /// Whether the publication behind it was found late.
    let isLate: Bool
    let now: Timestamp
  }

  /// The data of alert events.
  ///
  /// `firedAt` says since when it fires or had fired, where that is not now; `silence` is the one
  /// that keeps it from being told.
  static func data(
    _ subject: Subject, as type: NotificationType, firedAt: Timestamp?, isFlapping: Bool = false,
    silence: Int64? = nil
  ) -> JSONValue {
    let point = subject.view.current
    let move = Move(subject)
    var members: [JSONValue.Member] = [
      .init("version", .integer(version)),
      .init("alert_id", .string(subject.alertID)),
      .init("rule", .string(subject.rule.name)),
      .init("kind", .string(subject.rule.policy.kind.rawValue)),
      .init("severity", .string(subject.rule.severity.rawValue)),
      .init("summary", .string(summary(subject, move, as: type, isFlapping: isFlapping))),
      .init("source", .string(subject.series.source.text)),
      .init("pair", .string(subject.series.pair.description)),
      .init("base", .string(subject.series.pair.base.code)),
      .init("quote", .string(subject.series.pair.quote.code)),
      .init("side", .string(subject.series.side.rawValue)),
      .init("rate", .string(point.rate.perUnitText)),
      .init("printed", .string(point.rate.printed.description)),
      .init("nominal", .integer(point.rate.nominal)),
      .init("tick", .string(tick(subject).plainText)),
      .init("value_date", .optional(point.valueDate?.description)),
      .init("observed_at", .string(point.firstSeen.description)),
    ]
    if let firedAt { members.append(.init("fired_at", .string(firedAt.description))) }
    members.append(.init("previous", previous(move?.from)))
    members.append(.init("change", move?.json ?? .null))
    members.append(.init("published_change", .optional(subject.publishedChange)))
    members.append(.init("condition", .string(subject.rule.condition.text)))
    members.append(
      .init("labels", .object(subject.rule.labels.map { .init($0.name, .string($0.value)) })))
    members.append(.init("headlines", headlines(subject.headlines)))
    if subject.isLate { members.append(.init("late", .bool(true))) }
    if isFlapping { members.append(.init("flapping", .bool(true))) }
    if let silence { members.append(.init("silence", .integer(silence))) }
    return .object(members)
  }

  /// Headlines as they stand in payloads and in the store.
  static func headlines(_ headlines: [Headline]) -> JSONValue {
    .array(
      headlines.map {
        .object([.init("title", .string($0.title)), .init("link", .optional($0.link))])
      })
  }

  private static func tick(_ subject: Subject) -> Fraction {
    let rate = subject.view.current.rate
    return rate.tick(scale: max(subject.view.scale, rate.printed.scale))
  }

  private static func previous(_ point: SeriesPoint?) -> JSONValue {
    guard let point else { return .null }
    return .object([
      .init("rate", .string(point.rate.perUnitText)),
      .init("value_date", .optional(point.valueDate?.description)),
      .init("observed_at", .string(point.firstSeen.description)),
    ])
  }

  /// A move between two printed figures, as people read it.
  private struct Move {
    let from: SeriesPoint
    let percent: String
    let low: String
    let high: String
    let absolute: String
    let ticks: String

    /// The move the rule's condition measures; nil where there is nothing to measure against.
    init?(_ subject: Subject) {
      let view = subject.view
      guard let from = subject.rule.condition.anchor(on: view, at: subject.now),
        let move = view.range(of: view.current).relativeMove(from: view.range(of: from)),
        let delta = view.current.rate.perUnit.subtracting(
          from.rate.perUnit, rounding: .toNearest)
      else { return nil }
      func inPercent(_ share: Fraction, _ rounding: Fraction.Rounding) -> String? {
        share.multiplied(by: Fraction(100), rounding: rounding)?.text(places: 2, rounding)
      }
      guard let percent = inPercent(move.printed, .toNearest),
        let low = inPercent(move.low, .down), let high = inPercent(move.high, .up),
        let ticks = delta.divided(by: AlertPayload.tick(subject), rounding: .toNearest)
      else { return nil }
      self.from = from
      self.percent = percent
      self.low = low
      self.high = high
      absolute = delta.plainText
      self.ticks = ticks.text(places: 0, .toNearest)
    }

    var json: JSONValue {
      .object([
        .init("percent", .string(percent)), .init("low", .string(low)),
        .init("high", .string(high)), .init("absolute", .string(absolute)),
        .init("ticks", .number(ticks)),
      ])
    }

    /// The percentage with its sign: `+15.22 %`.
    var signedPercent: String { (percent.hasPrefix("-") ? "" : "+") + percent + " %" }
  }

  private static func summary(
    _ subject: Subject, _ move: Move?, as type: NotificationType, isFlapping: Bool
  ) -> String {
    let point = subject.view.current
    let series = subject.series
    let text =
      subject.rule.summary?.rendered { field in
        switch field {
        case .base: series.pair.base.code
        case .change: move?.signedPercent
        case .condition: subject.rule.condition.text
        case .delta: move?.absolute
        case .late: subject.isLate ? "late" : ""
        case .pair: series.pair.description
        case .previous: move?.from.rate.perUnitText
        case .publishedChange: subject.publishedChange
        case .quote: series.pair.quote.code
        case .rate: point.rate.perUnitText
        case .rule: subject.rule.name
        case .severity: subject.rule.severity.rawValue
        case .side: series.side.rawValue
        case .source: series.source.text
        case .tick: tick(subject).plainText
        case .ticks: move?.ticks
        case .valueDate: point.valueDate?.description
        }
      } ?? standardSummary(series, point, move)
    let start =
      switch type {
      case .alertResolved: "resolved: "
      case .alertReminder: "still firing: "
      default: ""
      }
    // A template with a place for the word says it there.
    let saysLate = subject.rule.summary?.fields.contains(.late) ?? false
    return start + text + (subject.isLate && !saysLate ? " (found late)" : "")
      + (isFlapping ? " (flapping: not told again until it is stable)" : "")
  }

  private static func standardSummary(
    _ series: Series, _ point: SeriesPoint, _ move: Move?
  ) -> String {
    let side = series.side == .mid ? "" : " (\(series.side.rawValue))"
    let start = "\(series.pair)\(side) at \(series.source)"
    guard let move, move.ticks != "0" else { return "\(start): \(point.rate.perUnitText)" }
    let range = move.low == move.high ? "" : " (\(move.low) to \(move.high))"
    return "\(start): \(move.from.rate.perUnitText) → \(point.rate.perUnitText),"
      + " \(move.signedPercent)\(range)"
  }
}
