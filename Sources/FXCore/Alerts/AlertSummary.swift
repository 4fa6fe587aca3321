/// The summary of an alert event: the text of the rule's template, or the standard text.
///
/// Functions of the subject, because a value that contains it would copy it.
enum AlertSummary {
  /// Returns the text for an event; `rate` is the current rate of one unit.
  static func text(
    of event: AlertEvent, _ subject: AlertPayload.Subject, _ rate: String, _ move: AlertMove?
  ) -> String {
    let text =
      subject.rule.summary?.rendered(subject.values) { value(of: $0, subject, rate, move) }
      ?? subject.group?.sentence(at: subject.series.source) ?? standardText(subject, rate, move)
    let start =
      switch event.type {
      case .alertResolved: event.end?.clause.map { "resolved, because \($0): " } ?? "resolved: "
      case .alertReminder: "still firing: "
      default: ""
      }
    // A template with the placeholder contains the word already.
    let containsLate = subject.rule.summary?.fields.contains(.late) ?? false
    let isLate = subject.isLate && !containsLate
    let gap = gap(subject)
    let limited = event.limitEffect?.remark ?? ""
    guard isLate || event.isFlapping || !start.isEmpty || !gap.isEmpty || !limited.isEmpty
    else { return text }
    return start + text + gap + limited + (isLate ? " (found late)" : "")
      + (event.isFlapping ? " (flapping: no further notifications until stable)" : "")
  }

  /// Returns a remark on a series that is not published, or was not for a long time; empty for any other.
  private static func gap(_ subject: AlertPayload.Subject) -> String {
    guard let since = subject.vanishedSince else { return "" }
    guard subject.returns else { return " (not published since \(since.day))" }
    let end = subject.current.firstSeen
    return end - since < Disappearance.notable
      ? "" : " (not published from \(since.day) to \(end.day))"
  }

  /// Returns the value of a placeholder; nil where there is none.
  private static func value(
    of field: SummaryTemplate.Field, _ subject: AlertPayload.Subject, _ rate: String,
    _ move: AlertMove?
  ) -> String? {
    let series = subject.series
    return switch field {
    case .base: series.pair.base.code
    case .change: move?.signedPercent
    case .condition: subject.rule.condition.text
    case .count: subject.group.map { String($0.count) }
    case .delta: move?.absolute
    case .late: subject.isLate ? "late" : ""
    case .members: subject.group?.names
    case .pair: series.pair.description
    case .previous: move?.fromText
    case .publishedChange: subject.publishedChange
    case .quote: series.pair.quote.code
    case .rate: rate
    case .rule: subject.rule.name
    case .severity: subject.rule.severity.rawValue
    case .side: series.side.rawValue
    case .source: series.source.text
    case .tick: AlertPayload.tick(subject).plainText
    case .ticks: move?.ticks
    case .valueDate: subject.current.valueDate?.description
    }
  }

  /// Such as `TJS/USD at timesca: 0.0918 → 0.1058, +15.25 % (15.13 to 15.37)`.
  ///
  /// Written piece by piece: interpolation costs as much as computing the move.
  private static func standardText(
    _ subject: AlertPayload.Subject, _ rate: String, _ move: AlertMove?
  ) -> String {
    let series = subject.series
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
