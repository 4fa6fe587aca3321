/// Builds the `data` of alert notifications: the evidence, with every decimal as a string.
enum AlertPayload {
  /// The version of the layout; receivers may rely on it.
  static let version = 1

  /// What an alert tells of: figures, and nothing of the memory they come from.
  struct Subject: Sendable {
    let rule: Rule
    let alertID: String
    let series: Series
    let current: SeriesPoint

    /// What the move that the condition measures is measured against; nil where there is nothing.
    let anchor: SeriesPoint?

    /// The finest scale the series is known to print.
    let scale: Int

    let publishedChange: String?
    let headlines: [Headline]

    /// Whether the publication behind it was found late.
    let isLate: Bool

    /// What a rule says of a series as it is judged.
    init(_ rule: Rule, alertID: String, on view: JudgedSeries, _ context: JudgingContext) {
      self.rule = rule
      self.alertID = alertID
      series = view.series
      current = view.current
      anchor = rule.condition.anchor(on: view, at: context.now)
      scale = view.scale
      publishedChange = view.publishedChange
      headlines = context.headlines
      isLate = context.isLate
    }
  }

  /// What alert events tell.
  ///
  /// `firedAt` says since when it fires or had fired, where that is not now; `silence` is the one
  /// that keeps it from being told; `summary` takes the place of the rule's; `appendix` writes what
  /// stands behind all else.
  static func evidence(
    _ subject: Subject, as type: NotificationType, firedAt: Timestamp?, isFlapping: Bool = false,
    silence: Int64? = nil, summary own: String? = nil,
    appendix: (inout JSONObjectWriter) -> Void = { _ in }
  ) -> Evidence {
    let rule = subject.rule
    let pair = subject.series.pair
    let point = subject.current
    let rate = point.rate.perUnitText
    let move = Move(subject)
    let summary = own ?? summary(subject, rate, move, as: type, isFlapping: isFlapping)
    var data = JSONObjectWriter()
    data.write("version", number: Int64(version))
    data.write("alert_id", plain: subject.alertID)
    data.write("rule", rule.name)
    data.write("kind", plain: rule.policy.kind.rawValue)
    data.write("severity", plain: rule.severity.rawValue)
    data.write("summary", summary)
    data.write("source", subject.series.source.text)
    data.write("pair", plain: pair.description)
    data.write("base", plain: pair.base.code)
    data.write("quote", plain: pair.quote.code)
    data.write("side", plain: subject.series.side.rawValue)
    data.write("rate", plain: rate)
    data.write("printed", plain: point.rate.printed.description)
    data.write("nominal", number: Int64(point.rate.nominal))
    data.write("tick", plain: tick(subject).plainText)
    data.write("value_date", plain: point.valueDate?.description)
    data.write("observed_at", plain: point.firstSeen.description)
    if let firedAt { data.write("fired_at", plain: firedAt.description) }
    if let move { move.write(to: &data) } else { Move.writeNone(to: &data) }
    data.write("published_change", subject.publishedChange)
    data.write("condition", rule.condition.text)
    data.write("labels", .object(rule.labels.map { .init($0.name, .string($0.value)) }))
    data.write("headlines", headlines(subject.headlines))
    if subject.isLate { data.write("late", .bool(true)) }
    if isFlapping { data.write("flapping", .bool(true)) }
    if let silence { data.write("silence", number: silence) }
    appendix(&data)
    return Evidence(
      data.finish(), summary: summary, severity: rule.severity, silence: silence)
  }

  /// Headlines as they stand in payloads and in the store.
  static func headlines(_ headlines: [Headline]) -> JSONValue {
    .array(
      headlines.map {
        .object([.init("title", .string($0.title)), .init("link", .optional($0.link))])
      })
  }

  private static func tick(_ subject: Subject) -> Fraction {
    let rate = subject.current.rate
    return rate.tick(scale: max(subject.scale, rate.printed.scale))
  }

  /// A move between two printed figures, as people read it.
  private struct Move {
    let from: SeriesPoint
    let fromText: String
    let percent: String
    let low: String
    let high: String
    let absolute: String
    let ticks: String

    /// The move the rule's condition measures; nil where there is nothing to measure against.
    init?(_ subject: Subject) {
      func range(of point: SeriesPoint) -> RateRange {
        RateRange(point.rate, scale: max(subject.scale, point.rate.printed.scale))
      }
      let current = subject.current
      guard let from = subject.anchor,
        let move = range(of: current).relativeMove(from: range(of: from)),
        let delta = current.rate.perUnit.subtracting(from.rate.perUnit, rounding: .toNearest)
      else { return nil }
      func inPercent(_ share: Fraction, _ rounding: Fraction.Rounding) -> String? {
        share.multiplied(by: Fraction(100), rounding: rounding)?.text(places: 2, rounding)
      }
      guard let percent = inPercent(move.printed, .toNearest),
        let low = inPercent(move.low, .down), let high = inPercent(move.high, .up),
        let ticks = delta.divided(by: AlertPayload.tick(subject), rounding: .toNearest)
      else { return nil }
      self.from = from
      fromText = from.rate.perUnitText
      self.percent = percent
      self.low = low
      self.high = high
      absolute = delta.plainText
      self.ticks = ticks.text(places: 0, .toNearest)
    }

    /// Writes the figure it moved from, and how far.
    func write(to data: inout JSONObjectWriter) {
      data.write("previous") { data in
        data.write("rate", plain: fromText)
        data.write("value_date", plain: from.valueDate?.description)
        data.write("observed_at", plain: from.firstSeen.description)
      }
      data.write("change") { data in
        data.write("percent", plain: percent)
        data.write("low", plain: low)
        data.write("high", plain: high)
        data.write("absolute", plain: absolute)
        data.write("ticks", .number(ticks))
      }
    }

    /// Writes that there is nothing it moved from.
    static func writeNone(to data: inout JSONObjectWriter) {
      data.write("previous", .null)
      data.write("change", .null)
    }

    /// The percentage with its sign: `+15.22 %`.
    var signedPercent: String { (percent.hasPrefix("-") ? "" : "+") + percent + " %" }
  }

  private static func summary(
    _ subject: Subject, _ rate: String, _ move: Move?, as type: NotificationType, isFlapping: Bool
  ) -> String {
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
        case .previous: move?.fromText
        case .publishedChange: subject.publishedChange
        case .quote: series.pair.quote.code
        case .rate: rate
        case .rule: subject.rule.name
        case .severity: subject.rule.severity.rawValue
        case .side: series.side.rawValue
        case .source: series.source.text
        case .tick: tick(subject).plainText
        case .ticks: move?.ticks
        case .valueDate: subject.current.valueDate?.description
        }
      } ?? standardSummary(series, rate, move)
    let start =
      switch type {
      case .alertResolved: "resolved: "
      case .alertReminder: "still firing: "
      default: ""
      }
    // A template with a place for the word says it there.
    let saysLate = subject.rule.summary?.fields.contains(.late) ?? false
    let isLate = subject.isLate && !saysLate
    guard isLate || isFlapping || !start.isEmpty else { return text }
    return start + text + (isLate ? " (found late)" : "")
      + (isFlapping ? " (flapping: not told again until it is stable)" : "")
  }

  /// Such as `TJS/USD at timesca: 0.0918 → 0.1058, +15.25 % (15.13 to 15.37)`.
  ///
  /// Written piece by piece: interpolating it costs as much as the figures do.
  private static func standardSummary(_ series: Series, _ rate: String, _ move: Move?) -> String {
    var text = ByteWriter(capacity: 128)
    text.append(series.pair.description)
    if series.side != .mid {
      text.append(" (" as StaticString)
      text.append(series.side.rawValue)
      text.append(UInt8(ascii: ")"))
    }
    text.append(" at " as StaticString)
    text.append(series.source.text)
    text.append(": " as StaticString)
    guard let move, move.ticks != "0" else {
      text.append(rate)
      return text.text
    }
    text.append(move.fromText)
    text.append(" → " as StaticString)
    text.append(rate)
    text.append(", " as StaticString)
    text.append(move.signedPercent)
    if move.low != move.high {
      text.append(" (" as StaticString)
      text.append(move.low)
      text.append(" to " as StaticString)
      text.append(move.high)
      text.append(UInt8(ascii: ")"))
    }
    return text.text
  }
}
