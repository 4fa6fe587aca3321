import FXCore
import FXDaemon
import Testing

@Suite("Events just committed")
struct NotificationCacheTests {
  @Test("are known until an attempt at them has ended, whatever came of it")
  func untilAnAttempt() {
    var recent = NotificationCache()
    recent.note(Self.committed(1...3))
    #expect(Self.known(recent, 1...4) == [1, 2, 3])
    #expect(Self.known(recent, 2...2) == [2])
    recent.note(
      Self.settled([(1, .delivered), (2, .postponed(due: Timestamp(seconds: 9))), (7, .dead)]))
    #expect(Self.known(recent, 1...4) == [3])
  }

  @Test("are not known where nobody is to be told of them, or no more")
  func toNobody() {
    var recent = NotificationCache()
    recent.note(Self.committed(1...2, to: []))
    var changeset = Self.committed(3...4)
    changeset.settlements = Self.settled([(4, .dead)]).settlements
    recent.note(changeset)
    #expect(Self.known(recent, 1...4) == [3])
  }

  @Test("are the first of a burst, and others once some of these were told")
  func capacity() {
    var recent = NotificationCache()
    let last = Int64(NotificationCache.capacity)
    recent.note(Self.committed(1...last + 10))
    #expect(Self.known(recent, 1...last + 10).max() == last)
    recent.note(Self.settled([(1, .delivered)]))
    recent.note(Self.committed(last + 11...last + 12))
    #expect(Self.known(recent, last - 1...last + 12) == [last - 1, last, last + 11])
  }

  private static func committed(
    _ sequences: ClosedRange<Int64>, to recipients: [String] = ["ops"]
  ) -> Changeset {
    var changeset = Changeset()
    changeset.events = sequences.map { sequence in
      OutboxEvent(
        sequence: sequence,
        notification: Notification(
          id: "evt_\(sequence)", type: .alertFiring, timestamp: Timestamp(seconds: 1),
          data: .object([])),
        lane: "lane", recipients: recipients)
    }
    return changeset
  }

  private static func settled(_ ends: [(Int64, Settlement.Result)]) -> Changeset {
    var changeset = Changeset()
    changeset.settlements = ends.map { sequence, result in
      Settlement(
        sequence: sequence, notifier: "ops", attempts: 1, at: Timestamp(seconds: 2),
        result: result, detail: "")
    }
    return changeset
  }

  private static func known(
    _ recent: NotificationCache, _ sequences: ClosedRange<Int64>
  ) -> [Int64] {
    let entries = sequences.map { sequence in
      OutboxEntry(
        sequence: sequence, notifier: "ops", lane: "lane", opened: Timestamp(seconds: 1),
        attempts: 0, due: Timestamp(seconds: 1), summary: "")
    }
    return recent.known(of: entries).filter { $1.id == "evt_\($0)" }.keys.sorted()
  }
}
