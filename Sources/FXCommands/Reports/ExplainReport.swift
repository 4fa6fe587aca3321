package import FXCore

/// The explanation of a rule's verdict or of an alert.
package struct ExplainReport: Sendable {
  let alert: AlertRecord?

  /// The rule in the config; nil where it no longer has it.
  let rule: Rule?

  /// The evaluation that fired the alert, with the condition of that time.
  let explanation: RuleExplanation?

  /// True if the rule has changed or was removed since the alert fired.
  let hasRuleChanged: Bool
  let publication: Publication?
  let versions: [HistoryRow]
  let deliveries: [DeliveryHistory]

  /// The source's calendar; nil where it has none.
  var calendar: CalendarView?

  /// True if the stored history no longer leads to the rate that the alert fired for.
  var lacksEvidence = false

  /// The most rates of a lookback that are shown, the latest.
  private static let mostRates = 20

  /// A source's calendar at an instant.
  struct CalendarView: Sendable {
    /// The day in the publisher's zone, and true if the source publishes on it.
    let day: CalendarDay
    let prints: Bool

    /// The time of the next expected publication, and the number of missing ones.
    let next: Timestamp?
    let missing: Int
  }

  /// The report as lines, ending with a newline.
  package var text: String {
    (alertLines + ruleLines + verdictLines + publicationLines + calendarLines + deliveryLines)
      .map { SanitizedText.line($0) }.joined(separator: "\n") + "\n"
  }

  private var alertLines: [String] {
    guard let alert else { return [] }
    let end =
      alert.kind == .event
      ? "an event, sent once"
      : alert.resolvedAt.map { "resolved \($0)" } ?? "still firing"
    var lines = [
      "alert        \(alert.id)",
      "summary      \(alert.data.value["summary"]?.text ?? "")",
      "fired        \(alert.firedAt), \(end)",
    ]
    if alert.data.value["late"] == .bool(true) {
      lines.append("             late: fxwatch did not poll when this was due")
    }
    if let silence = alert.data.value["silence"]?.text {
      lines.append("             not sent: muted by silence \(silence)")
    }
    if let limit = alert.data.value["at_most"]?.text {
      lines.append("             not sent when it fired: at most \(limit)")
    }
    return lines
  }

  private var ruleLines: [String] {
    guard let rule else {
      let condition = alert?.data.value["condition"]?.text ?? ""
      return [
        "rule         \(alert?.key.rule ?? ""): \(condition)",
        "             the config no longer has this rule; its condition then is above",
      ]
    }
    var lines = [
      "rule         \(rule.name) (\(rule.policy.kind.rawValue), \(rule.severity.rawValue))",
      "when         \(rule.condition.text)",
    ]
    if let release = rule.release { lines.append("release      \(release.text)") }
    lines += Set(rule.definitions).sorted { $0.name < $1.name }.map { "let          \($0)" }
    if hasRuleChanged, let then = alert?.data.value["condition"]?.text {
      lines.append("             the rule has changed since; it was: \(then)")
    }
    if rule.certainty != .certain { lines.append("certainty    \(rule.certainty.rawValue)") }
    return lines
  }

  private var verdictLines: [String] {
    guard explanation != nil else { return lacksEvidence ? evidenceLines : [] }
    return [""] + reasoning
      + (alert == nil ? ["alert        \(phase), by the stored history"] + limitLines : [])
  }

  /// The rates of an alert whose evaluation cannot be repeated.
  private var evidenceLines: [String] {
    let data = alert?.data.value
    func text(_ value: JSONValue?) -> String {
      let day = value?["value_date"]?.text.map { ", of \($0)" } ?? ""
      let instant = value?["observed_at"]?.text.map { ", known since \($0)" } ?? ""
      return value?["rate"]?.text.map { "\($0)\(day)\(instant)" } ?? "nothing"
    }
    return [
      "", "series       \(alert?.key.series.description ?? "")",
      "rate         \(text(data))", "before       \(text(data?["previous"]))",
      "             the stored history no longer has the rates of this evaluation; these are the"
        + " alert's own",
    ]
  }

  /// The effect of `at_most` on the next firing.
  private var limitLines: [String] {
    guard let limit = explanation?.rule.limit else { return [] }
    let progress = explanation?.progress
    let latest = progress?.sent.last.map { "last sent \($0)" } ?? "none was sent within the period"
    let withheld = progress.flatMap { $0.withheld == 0 ? nil : "\($0.withheld) not sent since" }
    let next = limit.nextAllowed(after: progress?.sent ?? []).flatMap {
      $0 > explanation?.at ?? $0 ? "the next one can be sent from \($0) on" : nil
    }
    return [
      "at_most      \(limit): "
        + [latest, withheld, next].compactMap(\.self).joined(separator: "; ")
    ]
  }

  /// The rates, each comparison and the verdict.
  var reasoning: [String] {
    guard let explanation else { return [] }
    let tick = explanation.tick.plainText
    var lines = [
      "series       \(explanation.series), tick \(tick)",
      "printed      \(Self.text(explanation.current))",
      "before       \(explanation.previous.map(Self.text) ?? "nothing")",
    ]
    lines += Self.lines(lookback: explanation.lookback)
    if let since = explanation.vanishedSince {
      lines.append("vanished     not published since \(since); alerts keep their state")
    }
    lines.append("")
    for step in explanation.steps { lines += Self.lines(step) }
    let verdict =
      switch explanation.verdict {
      case .holds: "holds"
      case .doesNotHold: "does not hold"
      case .undecided: "is undecided: it changes nothing"
      case .unknown(let reason): "is unknown: \(reason); it changes nothing"
      }
    lines.append("so           the condition \(verdict)")
    if let group = explanation.group {
      lines += group.lines.enumerated().map {
        ($0.offset == 0 ? "group        " : "  ") + $0.element
      }
    }
    if let arming = explanation.progress?.arming { lines.append("armed        since \(arming.at)") }
    for step in explanation.releaseSteps { lines += ["release:"] + Self.lines(step) }
    return lines
  }

  /// The phase of the alert.
  var phase: String {
    switch explanation?.progress?.phase {
    case .inactive?, nil: "inactive"
    case .retired?: "retired: it fired once, and its rule has once: true"
    case .pending(let count, let since):
      "pending since \(since), \(PluralText.text(count, "publication")) so far"
    case .firing(_, let since): "firing since \(since)"
    }
  }

  private static func text(_ point: SeriesPoint) -> String {
    let nominal = point.rate.nominal == 1 ? "" : " for \(point.rate.nominal)"
    let day = point.valueDate.map { ", of \($0)" } ?? ""
    let version = point.version == 1 ? "" : ", version \(point.version)"
    return "\(point.rate.printed)\(nominal)\(day)\(version), known since \(point.firstSeen)"
  }

  private static func lines(lookback points: [SeriesPoint]) -> [String] {
    guard !points.isEmpty else { return [] }
    let shown = points.suffix(mostRates)
    let count = PluralText.text(points.count, "rate")
    return [
      "looks back   on \(count)" + (shown.count < points.count ? ", of which the latest are" : "")
    ] + shown.map { "             \(text($0))" }
  }

  private static func lines(_ step: ConditionStep) -> [String] {
    step.operands.map { "  \($0.text) = \($0.value ?? "unknown")" }
      + ["  \(step.text): \(step.outcome)"]
  }

  private var publicationLines: [String] {
    guard let publication else { return [] }
    var lines = [
      "",
      "publication  \(publication.source) number \(publication.number),"
        + " of \(publication.valueDate?.description ?? "no day"),"
        + " seen \(publication.firstSeen) to \(publication.lastSeen)",
      "body         \(publication.bodyHash)",
    ]
    lines += versions.map { row in
      "version \(row.version)    \(row.rate?.printed.description ?? "not listed"), known since"
        + " \(row.firstSeen), publication \(row.publication)"
    }
    return lines
  }

  private var calendarLines: [String] {
    guard let calendar else { return [] }
    let next = calendar.next.map { "the next one is expected \($0)" } ?? "none is expected"
    let missing =
      calendar.missing == 0
      ? "none is missing" : "\(PluralText.text(calendar.missing, "publication")) missing"
    return [
      "calendar     \(calendar.day) is \(calendar.prints ? "a" : "no") day of publication; \(next);"
        + " \(missing)"
    ]
  }

  private var deliveryLines: [String] {
    guard alert != nil else { return [] }
    guard !deliveries.isEmpty else { return ["", "deliveries   none"] }
    return deliveries.flatMap { delivery in
      let record = delivery.record
      return [
        "", "delivery     \(record.type.rawValue) to \(record.notifier): \(record.state.rawValue)",
      ]
        + delivery.attempts.map {
          "  attempt \($0.number)  \($0.at)  \($0.result.rawValue)  \($0.detail)"
        }
    }
  }

  /// The report for programs.
  package var json: JSONValue {
    .object([
      .init("alert", alert.map(Self.json) ?? .null),
      .init("rule", .optional(explanation?.rule.name ?? alert?.key.rule)),
      .init("condition", .optional(explanation?.rule.condition.text)),
      .init("series", .optional((explanation?.series ?? alert?.key.series)?.description)),
      .init("tick", .optional(explanation?.tick.plainText)),
      .init("printed", .optional(explanation?.current.rate.printed.description)),
      .init("previous", .optional(explanation?.previous?.rate.printed.description)),
      .init("lookback", .array((explanation?.lookback ?? []).map(Self.json))),
      .init("vanished_since", .optional(explanation?.vanishedSince?.description)),
      .init("steps", .array(explanation?.steps.map(Self.json) ?? [])),
      .init("group", explanation?.group?.json ?? .null),
      .init("body_hash", .optional(publication?.bodyHash)),
      .init("publication", publication.map { .integer($0.number) } ?? .null),
      .init("calendar", calendar.map(Self.json) ?? .null),
      .init(
        "deliveries",
        .array(
          deliveries.map { delivery in
            .object([
              .init("event_id", .string(delivery.record.eventID)),
              .init("type", .string(delivery.record.type.rawValue)),
              .init("notifier", .string(delivery.record.notifier)),
              .init("state", .string(delivery.record.state.rawValue)),
              .init(
                "attempts",
                .array(
                  delivery.attempts.map { attempt in
                    .object([
                      .init("number", .integer(attempt.number)),
                      .init("at", .string(attempt.at.description)),
                      .init("result", .string(attempt.result.rawValue)),
                      .init("detail", .string(attempt.detail)),
                    ])
                  })),
            ])
          })),
    ])
  }

  private static func json(_ point: SeriesPoint) -> JSONValue {
    .object([
      .init("printed", .string(point.rate.printed.description)),
      .init("nominal", .integer(point.rate.nominal)),
      .init("value_date", .optional(point.valueDate?.description)),
      .init("first_seen", .string(point.firstSeen.description)),
      .init("publication", .integer(point.publication)),
    ])
  }

  private static func json(_ calendar: CalendarView) -> JSONValue {
    .object([
      .init("day", .string(calendar.day.description)),
      .init("prints", .bool(calendar.prints)),
      .init("next_expected", .optional(calendar.next?.description)),
      .init("missing", .integer(calendar.missing)),
    ])
  }

  private static func json(_ alert: AlertRecord) -> JSONValue {
    .object([
      .init("alert_id", .string(alert.id)),
      .init("fired_at", .string(alert.firedAt.description)),
      .init("resolved_at", .optional(alert.resolvedAt?.description)),
      .init("data", alert.data.value),
    ])
  }

  private static func json(_ step: ConditionStep) -> JSONValue {
    .object([
      .init("text", .string(step.text)),
      .init("outcome", .string(step.outcome)),
      .init(
        "figures",
        .array(
          step.operands.map {
            .object([.init("text", .string($0.text)), .init("value", .optional($0.value))])
          })),
    ])
  }
}
