package import FXCore

/// A notifier whose events about alerts have the latest rates of their series, for a chart.
///
/// The rates are those that were known when the event was observed, so that every attempt has the same.
package struct ChartedNotifier: Notifier {
  /// Returns the latest rates of a series that were known at an instant, oldest first.
  package typealias History = @Sendable (Series, Timestamp) async -> [Rate]

  /// The key of the rates in an event's data.
  static let key = "recent"

  /// The most events of a shipment that get a chart.
  private static let mostCharts = 20

  let notifier: any Notifier
  let history: History

  package var looksInside: Bool { notifier.looksInside }

  package func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var notifications = shipment.notifications
    for index in notifications.indices.prefix(Self.mostCharts) {
      notifications[index] = await charted(notifications[index])
    }
    return await notifier.deliver(
      Shipment(
        id: shipment.id, notifications: notifications, attemptedAt: shipment.attemptedAt))
  }

  private func charted(_ event: Notification) async -> Notification {
    guard event["alert_id"] != nil, let series = Series(of: event),
      let instant = event["observed_at"].flatMap({ Timestamp(text: $0) }),
      case .object(let members) = event.data
    else { return event }
    let rates = await history(series, instant)
    return Notification(
      id: event.id, type: event.type, timestamp: event.timestamp,
      data: .object(
        members + [.init(Self.key, .array(rates.map { .string($0.perUnitText) }))]))
  }
}

extension Series {
  /// The series that an event is about; nil for other events.
  fileprivate init?(of event: Notification) {
    guard let source = event["source"], let pair = event["pair"].flatMap({ CurrencyPair($0) }),
      let side = event["side"].flatMap({ Side(rawValue: $0) })
    else { return nil }
    self.init(source: SourceName(source), pair: pair, side: side)
  }
}

extension NotifierDefinition {
  /// Returns the notifier with charts, if it is one that shows them.
  package func charted(by history: @escaping ChartedNotifier.History) -> NotifierDefinition {
    guard kind == EmailNotifier.kind.name else { return self }
    return with(ChartedNotifier(notifier: notifier, history: history))
  }
}
