/// Sends notifications to one endpoint.
///
/// A notifier owns its configuration and secrets and never throws: every failure is an outcome. No
/// outcome contains a secret.
package protocol Notifier: Sendable {
  /// Makes one attempt.
  func deliver(_ shipment: Shipment) async -> DeliveryOutcome

  /// True if it reads the data of events; false if it forwards them as they are.
  var looksInside: Bool { get }
}

extension Notifier {
  /// True by default.
  package var looksInside: Bool { true }
}
