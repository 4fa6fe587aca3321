/// The state of a delivery.
package enum DeliveryState: String, Hashable, Sendable, CaseIterable {
  /// Pending: not yet delivered and not given up.
  case open
  case delivered
  /// Failed for good: a dead letter.
  case dead
}
