/// A way to tell people.
///
/// It owns its own configuration and secrets, and never throws: every ending is an outcome. No
/// outcome's text ever contains a secret.
package protocol Notifier: Sendable {
  /// Makes one attempt.
  func deliver(_ shipment: Shipment) async -> DeliveryOutcome

  /// Whether it looks into the data of events; otherwise it passes them on as they were written.
  var looksInside: Bool { get }
}

extension Notifier {
  /// Nearly all do.
  package var looksInside: Bool { true }
}
