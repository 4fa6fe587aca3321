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

  /// The effect of `at_most` on a firing; nil where it has none.
  var limitEffect: LimitEffect?

  /// The effect of `at_most` on a firing.
  enum LimitEffect: Sendable {
    /// It is not sent.
    case withheld(FiringLimit)
    /// It is sent, after this number that were not, since the last one that was.
    case follows(Int, since: Timestamp)

    /// The remark at the end of a summary.
    var remark: String {
      switch self {
      case .withheld: ""
      case .follows(let count, let since): " (\(count) more since \(since), not sent)"
      }
    }

    /// Writes the effect into the data of an alert.
    func write(to data: inout JSONObjectWriter) {
      switch self {
      case .withheld(let limit): data.write("at_most", plain: limit.description)
      case .follows(let count, let since):
        data.write("withheld") { data in
          data.write("count", number: Int64(count))
          data.write("since", plain: since.description)
        }
      }
    }
  }

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

extension AlertTransition {
  /// Returns the effect of `at_most` on a transition from one progress to another; nil for all but
  /// firings, and where nothing was or is withheld.
  func limitEffect(
    of limit: FiringLimit, from earlier: AlertProgress?, to progress: AlertProgress?
  ) -> AlertEvent.LimitEffect? {
    switch self {
    case .fired, .announced: break
    case .resolved, .reminded, .expired: return nil
    }
    let count = earlier?.withheld ?? 0
    guard progress?.sent ?? [] != earlier?.sent ?? [] else { return .withheld(limit) }
    return earlier?.sent.last.flatMap { count == 0 ? nil : .follows(count, since: $0) }
  }
}
