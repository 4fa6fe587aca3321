/// The lease as it is stored, and as every replica sees it.
package struct LeaseRecord: Hashable, Sendable {
  package let epoch: Int64
  package let nonce: String
  package let commits: Int64

  /// The name of the holder; nil where the lease was given back.
  package let holder: String?

  /// True if its term is over by the store's clock.
  package let isExpired: Bool

  /// A lease with these values.
  package init(epoch: Int64, nonce: String, commits: Int64, holder: String?, isExpired: Bool) {
    self.epoch = epoch
    self.nonce = nonce
    self.commits = commits
    self.holder = holder
    self.isExpired = isExpired
  }
}
