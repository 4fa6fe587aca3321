package import FXCore

/// How a rule came to what it said, for people and programs.
package struct ExplainReport: Sendable {
  let alert: AlertRecord?
  let explanation: RuleExplanation?

  /// Whether the config's rule is no longer the one that fired.
  let hasRuleChanged: Bool
  let publication: Publication?
  let versions: [HistoryRow]
  let deliveries: [Delivery]

  /// How the source keeps its calendar; nil where it has none.
  var calendar: CalendarView?

  /// One event on its way to one notifier, with every attempt.
  struct Delivery: Sendable {
    let record: DeliveryRecord
    let attempts: [DeliveryAttempt]
  }

  /// What a source's calendar says at an instant.
  struct CalendarView: Sendable {
    /// The day, in the publisher's zone, and whether it prints on it.
    let day: CalendarDay
    let prints: Bool

    /// When the next publication is expected, and how many are missing.
    let next: Timestamp?
    let missing: Int
  }

  /// The report as lines, ending with a newline.
  package var text: String {
    (alertLines + ruleLines + figureLines + publicationLines + calendarLines + deliveryLines)
      .map { SanitizedText.line($0) }.joined(separator: "\n") + "\n"
  }

  private var alertLines: [String] {
    guard let alert else { return [] }
    let end =
      alert.kind == .event
      ? "an event, told once"
      : alert.resolvedAt.map { "resolved \($0)" } ?? "still firing"
    var lines = [
      "alert        \(alert.id)",
      "said         \(alert.data.value["summary"]?.text ?? "")",
      "fired        \(alert.firedAt), \(end)",
    ]
    if alert.data.value["late"] == .bool(true) {
      lines.append("             late: fxwatch had not looked when this was due")
    }
    if let silence = alert.data.value["silence"]?.text {
      lines.append("             told to nobody then: silence \(silence) covered it")
    }
    return lines
  }

  private var ruleLines: [String] {
    guard let rule = explanation?.rule else {
      let condition = alert?.data.value["condition"]?.text ?? ""
      return [
        "rule         \(alert?.key.rule ?? ""): \(condition)",
        "             the config no longer has this rule; what it said then is above",
      ]
    }
    var lines = [
      "rule         \(rule.name) (\(rule.policy.kind.rawValue), \(rule.severity.rawValue))",
      "when         \(rule.condition.text)",
    ]
    if let release = rule.release { lines.append("release      \(release.text)") }
    if hasRuleChanged, let then = alert?.data.value["condition"]?.text {
      lines.append("             the rule has changed since; it was: \(then)")
    }
    if rule.certainty != .certain { lines.append("certainty    \(rule.certainty.rawValue)") }
    return lines
  }

  private var figureLines: [String] {
    guard explanation != nil else { return [] }
    return [""] + reasoning + (alert == nil ? ["alert        \(phase), by the history stored"] : [])
  }

  /// The figures, and how the rule came from them to what it said.
  var reasoning: [String] {
    guard let explanation else { return [] }
    let tick = explanation.tick.plainText
    var lines = [
      "series       \(explanation.series), tick \(tick)",
      "printed      \(Self.figure(explanation.current))",
      "before       \(explanation.previous.map(Self.figure) ?? "nothing")",
      "",
    ]
    for step in explanation.steps { lines += Self.lines(step) }
    let verdict =
      switch explanation.verdict {
      case .holds: "holds"
      case .doesNotHold: "does not hold"
      case .undecided: "is undecided: it changes nothing"
      case .unknown(let reason): "cannot be told: \(reason); it changes nothing"
      }
    lines.append("so           the condition \(verdict)")
    for step in explanation.releaseSteps { lines += ["release:"] + Self.lines(step) }
    return lines
  }

  /// How far the alert has come.
  var phase: String {
    switch explanation?.phase {
    case .inactive?, nil: "inactive"
    case .retired?: "retired: it fired once, which is all its rule asks for"
    case .pending(let count, let since):
      "pending since \(since), \(PluralText.text(count, "publication")) so far"
    case .firing(_, let since): "firing since \(since)"
    }
  }

  private static func figure(_ point: SeriesPoint) -> String {
    let nominal = point.rate.nominal == 1 ? "" : " for \(point.rate.nominal)"
    let day = point.valueDate.map { ", of \($0)" } ?? ""
    let version = point.version == 1 ? "" : ", version \(point.version)"
    return "\(point.rate.printed)\(nominal)\(day)\(version), known since \(point.firstSeen)"
  }

  private static func lines(_ step: ConditionStep) -> [String] {
    step.operands.map { "  \($0.text) = \($0.value ?? "cannot tell")" }
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
      "version \(row.version)    \(row.rate?.printed.description ?? "left out"), known since"
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
    guard !deliveries.isEmpty else { return ["", "deliveries   none are kept"] }
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
      .init("steps", .array(explanation?.steps.map(Self.json) ?? [])),
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
