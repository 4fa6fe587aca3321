/// The `data` of a notification as it is stored and sent, and the parts of it that fxwatch itself
/// needs.
struct Evidence {
  /// The `data`, written once, when the event happened.
  let text: JSONText

  /// The summary in it.
  let summary: String
  let severity: Severity

  /// The number of the silence that mutes it.
  let silence: Int64?

  /// Data that is written.
  init(_ text: JSONText, summary: String, severity: Severity, silence: Int64? = nil) {
    self.text = text
    self.summary = summary
    self.severity = severity
    self.silence = silence
  }

  /// Data that is not sent, and is written only when it is read.
  init(deferring write: @escaping @Sendable () -> Evidence, severity: Severity, silence: Int64?) {
    self.init(
      JSONText(deferring: { write().text.bytes }), summary: "", severity: severity,
      silence: silence)
  }

  /// The data of an event that belongs to no alert.
  init(_ data: JSONValue) {
    self.init(
      JSONText(data), summary: data["summary"]?.text ?? "",
      severity: data["severity"]?.text.flatMap(Severity.init(rawValue:)) ?? .notice)
  }
}
