import FXCore

/// A notifier whose events about alerts have links.
struct LinkedNotifier: Notifier {
  let notifier: any Notifier
  let links: AlertLinks

  var looksInside: Bool { notifier.looksInside }

  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    await notifier.deliver(
      Shipment(
        id: shipment.id, notifications: shipment.notifications.map(links.added),
        attemptedAt: shipment.attemptedAt))
  }
}

extension NotifierDefinition {
  /// Returns the notifier with links in its events, unless there are none, or it forwards events as they
  /// are.
  package func linked(by links: AlertLinks?) -> NotifierDefinition {
    guard let links, notifier.looksInside else { return self }
    return with(LinkedNotifier(notifier: notifier, links: links))
  }
}
