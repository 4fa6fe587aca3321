/// What an event tells: the payload's `data` as it is stored and sent, and of that what fxwatch
/// itself asks for again.
struct Evidence {
  /// The `data`, written once, when the event happened.
  let text: JSONText

  /// The sentence in it for people.
  let summary: String
  let severity: Severity

  /// The silence that keeps it from being told.
  let silence: Int64?

  /// What was written, with what stands in it.
  init(_ text: JSONText, summary: String, severity: Severity, silence: Int64? = nil) {
    self.text = text
    self.summary = summary
    self.severity = severity
    self.silence = silence
  }

  /// What nobody is told, and is written only for those who ask what people would have been told.
  init(puttingOff write: @escaping @Sendable () -> Evidence, severity: Severity, silence: Int64?) {
    self.init(
      JSONText(deferring: { write().text.bytes }), summary: "", severity: severity,
      silence: silence)
  }

  /// Data of an event that tells of no alert.
  init(_ data: JSONValue) {
    self.init(
      JSONText(data), summary: data["summary"]?.text ?? "",
      severity: data["severity"]?.text.flatMap(Severity.init(rawValue:)) ?? .notice)
  }
}
