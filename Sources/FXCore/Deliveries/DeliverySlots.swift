/// The slots of leases that are under way at once.
struct DeliverySlots {
  private var free = DeliveryLimits.leases
  private var freeOfQuick = DeliveryLimits.quickLeases
  private var freeOfFailing = DeliveryLimits.failingLeases

  /// The slots that the current leases leave.
  init(beside leased: [Outbox], at now: Timestamp) {
    for outbox in leased {
      free -= 1
      if outbox.endpoint.standing == .failing {
        freeOfFailing -= 1
      } else if outbox.endpoint.slowAt.map({ $0 > now }) ?? true {
        freeOfQuick -= 1
      }
    }
  }

  /// Takes a slot; returns false where there is none.
  mutating func take(for standing: EndpointHealth.Standing) -> Bool {
    guard free > 0, (standing == .failing ? freeOfFailing : freeOfQuick) > 0 else { return false }
    free -= 1
    if standing == .failing { freeOfFailing -= 1 } else { freeOfQuick -= 1 }
    return true
  }
}
