/// Selects the recipients of notifications by the state of notifiers and by quiet hours.
struct NotificationRecipients: RecipientSelection {
  let deliveries: DeliveryQueues
  let quietHours: QuietHoursFilter

  func select(
    _ names: [String]?, severity: Severity, at now: Timestamp
  ) -> (immediate: [String], later: [String]) {
    let inUse = (names ?? deliveries.notifiers.map(\.name)).filter { deliveries.isInUse($0) }
    guard quietHours.isInUse else { return (inUse, []) }
    var (immediate, later): ([String], [String]) = ([], [])
    for name in inUse {
      if quietHours.holds(severity, to: name, at: now) {
        later.append(name)
      } else {
        immediate.append(name)
      }
    }
    return (immediate, later)
  }
}
