/// Selects the recipients of notifications by the state of notifiers and by quiet hours.
struct NotificationRecipients: RecipientSelection {
  let deliveries: DeliveryQueues
  let quietHours: QuietHoursFilter

  func select(
    _ names: [String]?, of type: NotificationType, severity: Severity, at now: Timestamp
  ) -> (immediate: [String], later: [String]) {
    var inUse = (names ?? deliveries.notifiers.map(\.name)).filter { deliveries.isInUse($0) }
    if let choice = type.choice {
      let others = deliveries.notifiers.filter { $0.events?.contains(choice) == false }
      if !others.isEmpty { inUse.removeAll { name in others.contains { $0.name == name } } }
    }
    guard quietHours.isInUse else { return (withoutRepetition(inUse), []) }
    var (immediate, later): ([String], [String]) = ([], [])
    for name in inUse {
      if quietHours.holds(severity, to: name, at: now) {
        later.append(name)
      } else {
        immediate.append(name)
      }
    }
    return (withoutRepetition(immediate), withoutRepetition(later))
  }

  /// Returns the notifiers without those that write to the same place as another one of them.
  private func withoutRepetition(_ names: [String]) -> [String] {
    guard !deliveries.repeating.isEmpty else { return names }
    return names.filter { name in
      guard let notifier = deliveries.repeating.first(where: { $0.name == name }) else {
        return true
      }
      return notifier.repeats.isDisjoint(with: names)
    }
  }
}
