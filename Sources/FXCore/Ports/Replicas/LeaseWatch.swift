/// A standby's view of the lease: from when on it may be taken.
///
/// Instants are of a clock that goes on while the machine is suspended.
package struct LeaseWatch: Sendable {
  /// The lease as it was seen last, and since when it has been the same.
  private var latest: (record: LeaseRecord, since: Duration)?

  /// A watch that has seen nothing.
  package init() {}

  /// Takes note of the lease as it is at an instant.
  package mutating func record(_ record: LeaseRecord, at now: Duration) {
    // The end of the term alone is not a change.
    let isSame =
      latest.map { $0.record.nonce == record.nonce && $0.record.commits == record.commits } ?? false
    latest = (record, isSame ? latest?.since ?? now : now)
  }

  /// Forgets what was seen: the store could not be reached, and after its return the holder has the
  /// time to come back first.
  package mutating func forget() { latest = nil }

  /// True if the lease is free, or its term is over and it was not renewed for a whole term.
  package func mayTake(at now: Duration) -> Bool {
    guard let latest else { return false }
    if latest.record.holder == nil { return true }
    return latest.record.isExpired && now - latest.since >= ReplicaLease.term
  }
}
