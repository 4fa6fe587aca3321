/// The health of the receiver of one notifier, as its last answers show.
struct EndpointHealth: Hashable, Sendable {
  /// The first pause; each further failure adds as much, up to the longest.
  static let pause: Duration = .seconds(5)
  static let longestPause: Duration = .seconds(60)

  /// The number of failures of the endpoint in a row.
  private(set) var failures = 0

  /// The reason of the last failure; nil after a success.
  private(set) var lastFailure: String?

  /// The end of the pause while the endpoint fails.
  private(set) var pausedUntil: Timestamp?

  /// True if the receiver took a delivery since the start or the last failure.
  private(set) var isProven = false

  /// The start of the current lease, until a delivery of it succeeds.
  private var unprovenLease: Timestamp?

  /// True if an attempt of the current lease has failed.
  private var leaseHasFailed = false

  /// The order in which receivers are served.
  enum Standing: Int, Comparable, Sendable {
    /// It took the last delivery.
    case proven
    /// It was not tried yet.
    case unproven
    case failing

    static func < (one: Standing, other: Standing) -> Bool { one.rawValue < other.rawValue }
  }

  /// The order in which the receiver is served.
  var standing: Standing { failures > 0 ? .failing : isProven ? .proven : .unproven }

  /// The time at which the current lease becomes slow; nil without a lease, and after a success in it.
  var slowAt: Timestamp? { unprovenLease.map { $0 + DeliveryLimits.slowLease } }

  /// Records that a lease begins.
  mutating func beginLease(at now: Timestamp) { unprovenLease = now }

  /// Records the end of a lease, or of a part of it.
  ///
  /// A part without attempts does not change the state of the endpoint.
  mutating func endLease(_ ended: EndedLease, at now: Timestamp) {
    if ended.attempts > 0 { record(ended, at: now) }
    guard ended.isLast else { return }
    leaseHasFailed = false
    unprovenLease = nil
  }

  private mutating func record(_ ended: EndedLease, at now: Timestamp) {
    lastFailure = ended.failure
    guard ended.failure != nil else {
      failures = 0
      pausedUntil = nil
      leaseHasFailed = false
      isProven = true
      unprovenLease = nil
      return
    }
    // Concurrent attempts that fail together are one failure of the endpoint.
    if !leaseHasFailed { failures += 1 }
    leaseHasFailed = true
    isProven = false
    let pause = ended.slowDown ? Self.longestPause : min(Self.pause * failures, Self.longestPause)
    pausedUntil = now + pause
  }

  /// Moves its times with the wall clock.
  mutating func shift(by step: Duration) {
    pausedUntil = pausedUntil.map { $0 + step }
    unprovenLease = unprovenLease.map { $0 + step }
  }
}
