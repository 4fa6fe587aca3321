/// The health of the receiver of one notifier, as its last answers show.
struct EndpointHealth: Hashable, Sendable {
  /// The first pause; each further failure adds as much, up to the longest.
  static let pause: Duration = .seconds(5)
  static let longestPause: Duration = .seconds(60)

  /// The number of failures of the endpoint in a row.
  private(set) var failures = 0

  /// The number of times in a row that the endpoint limited deliveries.
  private(set) var limitations = 0

  /// The number of failures and limitations since the last success.
  var vainAttempts: Int { failures + limitations }

  /// The pace that the endpoint allows.
  private(set) var pace = DeliveryPace()

  /// The reason of the last failure; nil after a success.
  private(set) var lastFailure: String?

  /// The end of the pause while the endpoint fails, or until its pace allows the next delivery.
  private(set) var pausedUntil: Timestamp?

  /// True if the receiver took a delivery since the start or the last failure.
  private(set) var isProven = false

  /// The start of the current lease, until a delivery of it succeeds.
  private var unprovenLease: Timestamp?

  /// True if an attempt of the current lease has failed, and if one was limited.
  private var leaseHasFailed = false
  private var leaseWasLimited = false

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
    leaseWasLimited = false
    unprovenLease = nil
  }

  private mutating func record(_ ended: EndedLease, at now: Timestamp) {
    if let wait = ended.limitedFor {
      lastFailure = ended.failure ?? lastFailure
      return recordLimitation(for: wait, at: now)
    }
    lastFailure = ended.failure
    guard ended.failure != nil else {
      failures = 0
      limitations = 0
      pace.speedUp()
      if !leaseWasLimited { pausedUntil = pace.interval.map { now + $0 } }
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
    pausedUntil = max(leaseWasLimited ? pausedUntil ?? now : now, now + pause)
  }

  /// Records that the endpoint limited a delivery: it works, so this is not a failure.
  private mutating func recordLimitation(for wait: Duration, at now: Timestamp) {
    // Concurrent attempts that are limited together are one limitation.
    if !leaseWasLimited {
      limitations += 1
      pace.slowDown()
    }
    leaseWasLimited = true
    let pause = max(wait, pace.interval ?? wait)
    pausedUntil = max(pausedUntil ?? now, now + pause)
  }

  /// Moves its times with the wall clock.
  mutating func shift(by step: Duration) {
    pausedUntil = pausedUntil.map { $0 + step }
    unprovenLease = unprovenLease.map { $0 + step }
  }
}
