import FXCore
import Testing

@Suite("The lease of a replica")
struct ReplicaLeaseTests {
  private func record(
    epoch: Int64 = 3, nonce: String = "a", commits: Int64, holder: String? = "anna"
  ) -> LeaseRecord {
    LeaseRecord(epoch: epoch, nonce: nonce, commits: commits, holder: holder, isExpired: false)
  }

  @Test("A commit whose answer was lost has happened if its number is stored, and otherwise not")
  func doubt() {
    var lease = ReplicaLease(epoch: 3, nonce: "a", commits: 7)
    #expect(lease.settle(with: record(commits: 7)) == nil)
    #expect(lease.commits == 7)
    #expect(lease.settle(with: record(commits: 8)) == nil)
    #expect(lease.commits == 8)
  }

  @Test("A lower number is the loss of the store's tail, and another lease that of this one")
  func loss() {
    var lease = ReplicaLease(epoch: 3, nonce: "a", commits: 7)
    #expect(lease.settle(with: record(commits: 6)) == .rewound)
    #expect(
      lease.settle(with: record(epoch: 4, nonce: "b", commits: 9, holder: "berta"))
        == .replaced(by: "berta"))
    // After a rewind another replica may have taken a lease of the same number.
    #expect(
      lease.settle(with: record(nonce: "b", commits: 7, holder: nil)) == .replaced(by: nil))
    #expect(lease.commits == 7)
  }

  @Test("The holder relies on it until a second before the end of its term")
  func trust() {
    #expect(ReplicaLease.trustEnd(afterRenewalAt: .seconds(10)) == .seconds(15))
  }
}
