import FXCore

/// Recipients that are all in use; notifications to those in `quiet` are held.
struct TestRecipients: RecipientSelection {
  var all = ["console", "ops"]
  var quiet: Set<String> = []

  func select(
    _ names: [String]?, of type: NotificationType, severity: Severity, at now: Timestamp
  ) -> (immediate: [String], later: [String]) {
    let names = names ?? all
    return (names.filter { !quiet.contains($0) }, names.filter { quiet.contains($0) })
  }
}

extension DecisionBuilder {
  /// A decision of the installation `00` in which no event came before.
  convenience init(at now: Timestamp, _ recipients: TestRecipients = TestRecipients()) {
    self.init(at: now, installation: "00", latestEvent: 0, recipients: recipients)
  }

  /// The type and summary of every event.
  var summaries: [String] {
    changeset.events.map { "\($0.notification.type.rawValue): \($0.summary)" }
  }
}
