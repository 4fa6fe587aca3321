/// The end of an alert that a new config causes, for those who got its firing.
struct AlertClosure: Sendable {
  let key: AlertKey
  let alertID: String
  let firedAt: Timestamp
  let end: AlertEnd

  /// The notifiers that got the firing; nil for all.
  let recipients: [String]?

  /// The `data` of the firing.
  let firing: JSONText

  /// Makes the end of a firing alert; nil for one that does not fire or was never sent, and where the
  /// data of its firing is no longer stored.
  init?(
    _ key: AlertKey, _ state: AlertState, _ end: AlertEnd, to recipients: [String]?,
    _ firings: [String: JSONText]
  ) {
    guard let (alertID, since) = state.progress.firing, state.progress.lastNotified != nil,
      let firing = firings[alertID]
    else { return nil }
    self.key = key
    self.alertID = alertID
    firedAt = since
    self.end = end
    self.recipients = recipients
    self.firing = firing
  }

  /// Creates its notification.
  ///
  /// Identified by its time, too: a notifier may get the firing and its end several times, where a
  /// config takes it out of the rule, puts it back and takes it out again.
  func notify(in decision: DecisionBuilder) {
    var hasher = ContentHasher()
    hasher.combine(alertID)
    hasher.combine(end.rawValue)
    for recipient in recipients ?? [] { hasher.combine(recipient) }
    hasher.combine(decision.now.milliseconds)
    decision.notify(
      .alertResolved, evidence, orderingKey: key.orderingKey, to: recipients,
      digest: hasher.finish())
  }

  /// The members of a firing's data that are not true of its end.
  private static let omitted: Set<String> = [
    "summary", "fired_at", "reason", "late", "flapping", "silence",
  ]

  /// The data of the firing, with the time and the reason of the end.
  private var evidence: Evidence {
    let data = firing.value
    let start = end.clause.map { "resolved, because \($0): " } ?? "resolved: "
    let summary = start + (data["summary"]?.text ?? "")
    var members: [JSONValue.Member] = []
    if case .object(let known) = data {
      for member in known {
        if member.name == "summary" { members.append(.init("summary", .string(summary))) }
        if !Self.omitted.contains(member.name) { members.append(member) }
        guard member.name == "observed_at" else { continue }
        members.append(.init("fired_at", .string(firedAt.description)))
        members.append(.init("reason", .string(end.rawValue)))
      }
    }
    return Evidence(.object(members))
  }
}
