/// A query of deliveries, the newest first.
package struct DeliveryQuery: Hashable, Sendable {
  /// The state; nil for any.
  package var state: DeliveryState?

  /// The notifier; nil for any.
  package var notifier: String?

  /// The identifier of the alert whose events are delivered; nil for any.
  package var alertID: String?

  /// The most deliveries returned.
  package var limit: Int

  /// The number of deliveries that are skipped.
  package var offset = 0

  /// Creates a query of all deliveries, `limit` at most.
  package init(limit: Int) { self.limit = limit }
}
