extension AlertProgress {
  /// Counts a notification of the firing against `at_most`; returns false where it must not be sent.
  ///
  /// The notification mentions the firings that were withheld before, which are no longer counted.
  mutating func spend(_ limit: FiringLimit?, at now: Timestamp) -> Bool {
    guard let limit else { return true }
    // Times after now are those of a clock that was ahead; they do not count.
    sent.removeAll { $0 > now }
    if let next = limit.nextAllowed(after: sent), next > now { return false }
    sent = sent.suffix(limit.count - 1) + [now]
    withheld = 0
    return true
  }

  /// True unless `at_most` withheld the firing of an instant.
  func wasSent(_ firedAt: Timestamp) -> Bool {
    if firing?.since == firedAt { return sent.isEmpty || lastNotified != nil }
    return withheld == 0 || sent.contains(firedAt)
  }

  /// True if `at_most` needs the state of an alert that is otherwise inactive.
  func isLimited(by limit: FiringLimit?, at now: Timestamp) -> Bool {
    guard let limit else { return false }
    return withheld > 0 || sent.last { $0 <= now }.map { $0 + limit.period > now } ?? false
  }
}
