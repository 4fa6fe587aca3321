/// The engine's limits, each with its unit and reason.
package enum EngineLimits {
  /// Transfers from sources at once: enough for a hundred sources, few for anyone's line.
  package static let transfers = 8

  /// Transfers to one host at once: banks throttle, and some drop connections.
  package static let transfersPerHost = 1

  /// Failed attempts in a row after which people are told that a source is down: the slot, its
  /// retry and the next slot.
  package static let failuresUntilDown = 3

  /// Deliveries in flight to one endpoint while it works.
  package static let deliveriesAtOnce = 8

  /// Events in one lease: large enough that one commit settles many, small enough that a crash
  /// repeats few.
  package static let leaseSize = 256
}
