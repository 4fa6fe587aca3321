/// Builds the `data` of alert notifications: the evidence, with every decimal as a string.
enum AlertPayload {
  /// The rates that an alert is about, without the memory they come from.
  ///
  /// It has more than ten properties because the fields of a payload are written from them.
  struct Subject: Sendable {
    let rule: Rule
    let alertID: String
    let series: Series
    let current: SeriesPoint

    /// The point that the condition's move is measured against; nil where there is none.
    let anchor: SeriesPoint?

    /// The finest scale the series is known to print for the current nominal, and for that of the
    /// earlier point.
    let scale: Int
    let anchorScale: Int

    let publishedChange: String?
    let headlines: [Headline]

    /// True if the publication was found late.
    let isLate: Bool

    /// The time since which the source does not print the series, or did not until this publication; nil
    /// where it does.
    let vanishedSince: Timestamp?

    /// True if this publication has the series again.
    let returns: Bool

    /// The pairs, where the alert is about several.
    let group: GroupSummary?

    /// The texts of the values in the rule's summary.
    let values: [String]

    /// The time at which the alert was armed; nil unless its rule has windows that begin then.
    let armedAt: Timestamp?

    /// The subject of an alert that is evaluated.
    init(_ alert: EvaluatedAlert, alertID: String) {
      rule = alert.rule
      self.alertID = alertID
      series = alert.view.series
      current = alert.view.printed
      anchor = alert.rule.condition.anchor(on: alert.series, at: alert.context.moment)
      scale = alert.view.scale
      anchorScale = anchor.map { alert.view.scale(of: $0.rate.nominal) } ?? scale
      publishedChange = alert.view.publishedChange
      headlines = alert.context.headlines
      isLate = alert.context.isLate
      vanishedSince = alert.view.disappearance?.at
      values =
        alert.rule.summary?.values.map { $0.text(on: alert.series, at: alert.context.moment) } ?? []
      armedAt = alert.rule.isArmed ? alert.series.start(of: .armed) : nil
      group = alert.group.map { GroupSummary($0, alert) }
      returns = vanishedSince != nil && alert.context.isOfSeries
    }
  }

  /// Returns the data of an alert event.
  ///
  /// `silence` is the number of the silence that mutes it; `summary` replaces that of the rule;
  /// `appendix` writes further fields.
  static func evidence(
    _ subject: Subject, _ event: AlertEvent, silence: Int64?, summary own: String? = nil,
    appendix: (inout JSONObjectWriter) -> Void = { _ in }
  ) -> Evidence {
    let rule = subject.rule
    let pair = subject.series.pair
    let point = subject.current
    let rate = point.rate.perUnitText
    let tick = tick(subject)
    let move = AlertMove(subject, tick: tick)
    let summary = own ?? AlertSummary.text(of: event, subject, rate, move)
    var data = JSONObjectWriter()
    data.write("version", number: Int64(Notification.version))
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
    data.write("tick", plain: tick.plainText)
    data.write("value_date", plain: point.valueDate?.description)
    data.write("observed_at", plain: point.firstSeen.description)
    if let firedAt = event.firedAt {
      data.write("fired_at", plain: firedAt.description)
    }
    if let end = event.end { data.write("reason", plain: end.rawValue) }
    if let move { move.write(to: &data) } else { AlertMove.writeNone(to: &data) }
    data.write("published_change", subject.publishedChange)
    write(rule.condition, to: &data)
    if let group = subject.group { data.write("group", group.json) }
    if let armedAt = subject.armedAt { data.write("armed_at", plain: armedAt.description) }
    data.write("labels", .object(rule.labels.map { .init($0.name, .string($0.value)) }))
    data.write("headlines", headlines(subject.headlines))
    if subject.isLate { data.write("late", .bool(true)) }
    if event.isFlapping { data.write("flapping", .bool(true)) }
    event.limitEffect?.write(to: &data)
    if let since = subject.vanishedSince {
      data.write("vanished_since", plain: since.description)
    }
    if let silence { data.write("silence", number: silence) }
    appendix(&data)
    return Evidence(
      data.finish(), summary: summary, severity: rule.severity, silence: silence)
  }

  /// Writes a condition and the definitions that it uses.
  private static func write(_ condition: Condition, to data: inout JSONObjectWriter) {
    data.write("condition", condition.text)
    guard !condition.definitions.isEmpty else { return }
    data.write("let", .object(condition.definitions.map { .init($0.name, .string($0.text)) }))
  }

  /// Returns headlines as in payloads and in the store.
  static func headlines(_ headlines: [Headline]) -> JSONValue {
    .array(
      headlines.map {
        .object([.init("title", .string($0.title)), .init("link", .optional($0.link))])
      })
  }

  /// Returns the tick of the current rate.
  static func tick(_ subject: Subject) -> Fraction {
    let rate = subject.current.rate
    return rate.tick(scale: max(subject.scale, rate.printed.scale))
  }
}
