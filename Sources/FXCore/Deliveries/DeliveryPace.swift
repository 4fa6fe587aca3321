/// The pace at which a receiver takes deliveries, as far as it limited them (429).
///
/// Each limitation doubles the interval between two deliveries, and each success makes it a little
/// shorter, so that it stays near the limit of the receiver. Other receivers have no interval.
package struct DeliveryPace: Hashable, Sendable {
  /// The interval after the first limitation, and the longest.
  static let firstInterval: Duration = .seconds(1)
  static let longestInterval: Duration = .seconds(60)

  /// Below this interval a receiver counts as not limited.
  static let shortestInterval: Duration = .milliseconds(100)

  /// The interval between two deliveries; nil if the receiver is not known to be limited.
  package private(set) var interval: Duration?

  /// True if the receiver gets one delivery at a time.
  package var isLimited: Bool { interval != nil }

  /// The pace of a receiver that is not known to be limited.
  package init() {}

  /// Records that the receiver limited a delivery.
  package mutating func slowDown() {
    interval = interval.map { min($0 * 2, Self.longestInterval) } ?? Self.firstInterval
  }

  /// Records that the receiver took a delivery.
  package mutating func speedUp() {
    interval = interval.map { $0 * 19 / 20 }.flatMap { $0 < Self.shortestInterval ? nil : $0 }
  }
}
