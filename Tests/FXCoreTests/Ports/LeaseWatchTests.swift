import FXCore
import Testing

@Suite("A standby's view of the lease")
struct LeaseWatchTests {
  private func record(
    commits: Int64 = 1, nonce: String = "a", holder: String? = "anna", isExpired: Bool = false
  ) -> LeaseRecord {
    LeaseRecord(epoch: 1, nonce: nonce, commits: commits, holder: holder, isExpired: isExpired)
  }

  @Test("Nothing may be taken before it was seen, and a free lease at once")
  func free() {
    var watch = LeaseWatch()
    #expect(!watch.mayTake(at: .seconds(100)))
    watch.record(record(holder: nil), at: .seconds(100))
    #expect(watch.mayTake(at: .seconds(100)))
    watch.forget()
    #expect(!watch.mayTake(at: .seconds(200)))
  }

  @Test("A lease is taken once its term is over and it was the same for a whole term")
  func expired() {
    var watch = LeaseWatch()
    watch.record(record(), at: .seconds(0))
    #expect(!watch.mayTake(at: .seconds(60)))
    // The end of the term is no sign of its holder.
    watch.record(record(isExpired: true), at: .seconds(5))
    #expect(!watch.mayTake(at: .seconds(5)))
    #expect(watch.mayTake(at: .seconds(6)))
    // A renewal is one.
    watch.record(record(commits: 2, isExpired: true), at: .seconds(7))
    #expect(!watch.mayTake(at: .seconds(12)))
    #expect(watch.mayTake(at: .seconds(13)))
    watch.record(record(commits: 2, nonce: "b", isExpired: true), at: .seconds(14))
    #expect(!watch.mayTake(at: .seconds(19)))
  }

  @Test("A time in which the store was not seen does not count")
  func forgotten() {
    var watch = LeaseWatch()
    watch.record(record(isExpired: true), at: .seconds(0))
    watch.forget()
    watch.record(record(isExpired: true), at: .seconds(100))
    #expect(!watch.mayTake(at: .seconds(105)))
    #expect(watch.mayTake(at: .seconds(106)))
  }
}
