/// The right of one replica to be active, as its holder knows it.
///
/// Its term is measured by the store's clock. Each transaction of the holder renews it, names the one
/// before, and fails if the lease is no longer the holder's or another transaction came between.
package struct ReplicaLease: Hashable, Sendable {
  /// The term, from the latest renewal.
  package static let term = Duration.seconds(6)

  /// The interval of renewals without other transactions.
  package static let renewal = Duration.seconds(2)

  /// The time before the end of the term from which on the holder does nothing any more.
  package static let margin = Duration.seconds(1)

  /// The interval at which a standby looks at the lease.
  package static let interval = Duration.seconds(1)

  /// The number of the lease: each one that is taken has the next.
  package let epoch: Int64

  /// A text that no other lease has, not even one of the same epoch after the store lost its tail.
  package let nonce: String

  /// The number of the latest transaction.
  package var commits: Int64

  /// A lease that was taken by the transaction `commits`.
  package init(epoch: Int64, nonce: String, commits: Int64) {
    self.epoch = epoch
    self.nonce = nonce
    self.commits = commits
  }

  /// The end of the time in which the holder relies on the lease, after a renewal that began at an instant.
  package static func trustEnd(afterRenewalAt instant: Duration) -> Duration {
    instant + term - margin
  }

  /// Returns the reason why the lease, as it is stored, is lost; nil while it is the holder's.
  ///
  /// After a commit whose answer was lost: its number is then that of the record, if it happened, and
  /// otherwise that of the commit before.
  package mutating func settle(with record: LeaseRecord) -> LeaseLoss? {
    guard record.nonce == nonce, record.epoch == epoch else {
      return .replaced(by: record.holder)
    }
    guard record.commits >= commits else { return .rewound }
    commits = record.commits
    return nil
  }
}
