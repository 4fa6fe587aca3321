/// A notification about an alert, before it is written.
struct AlertEvent {
  let type: NotificationType
  let alertID: String

  /// The time at which the alert fired, where that is not now.
  var firedAt: Timestamp?

  /// True if nothing more is sent until the alert is stable.
  var isFlapping = false

  /// True if the firing that it follows was sent.
  var wasNotified = true

  /// The reason of the end; nil for any other event.
  var end: AlertEnd?

  /// The event of a transition.
  init(_ transition: AlertTransition) {
    switch transition {
    case .fired(let alertID, let isFlapping):
      self.init(type: .alertFiring, alertID: alertID, isFlapping: isFlapping)
    case .resolved(let alertID, let firedAt, let isFlapping, let wasNotified):
      self.init(
        type: .alertResolved, alertID: alertID, firedAt: firedAt, isFlapping: isFlapping,
        wasNotified: wasNotified, end: .condition)
    case .reminded(let alertID, let firedAt):
      self.init(type: .alertReminder, alertID: alertID, firedAt: firedAt)
    case .announced(let alertID, let firedAt):
      self.init(type: .alertFiring, alertID: alertID, firedAt: firedAt)
    case .expired(let alertID, let firedAt, let wasNotified):
      self.init(
        type: .alertResolved, alertID: alertID, firedAt: firedAt, wasNotified: wasNotified,
        end: .expired)
    }
  }

  /// Returns the digest that identifies it: the alert, the transition, and the rate and the cause that
  /// led to it; a reminder also follows another notification, and an announcement has its time, because
  /// one that was dropped before it was sent is made again.
  func digest(of alert: EvaluatedAlert, after notified: Timestamp?) -> ContentDigest {
    var hasher = ContentHasher()
    hasher.combine(alertID)
    hasher.combine(type.rawValue)
    hasher.combine(firedAt == nil ? 0 : 1)
    alert.combineOccasion(into: &hasher)
    hasher.combine(notified?.milliseconds)
    if type == .alertFiring, firedAt != nil { hasher.combine(alert.context.now.milliseconds) }
    return hasher.finish()
  }

  /// An event of a type.
  init(
    type: NotificationType, alertID: String, firedAt: Timestamp? = nil, isFlapping: Bool = false,
    wasNotified: Bool = true, end: AlertEnd? = nil
  ) {
    self.type = type
    self.alertID = alertID
    self.firedAt = firedAt
    self.isFlapping = isFlapping
    self.wasNotified = wasNotified
    self.end = end
  }
}
