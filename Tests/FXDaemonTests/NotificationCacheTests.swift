import FXCore
import FXDaemon
import Testing

@Suite("The cache of notifications")
struct NotificationCacheTests {
  @Test("A notification is kept until its first attempt has ended, whatever the outcome")
  func untilAnAttempt() {
    var cache = NotificationCache()
    cache.record(Self.committed(1...3))
    #expect(Self.known(cache, 1...4) == [1, 2, 3])
    #expect(Self.known(cache, 2...2) == [2])
    cache.record(
      Self.settled([(1, .delivered), (2, .postponed(due: Timestamp(seconds: 9))), (7, .dead)]))
    #expect(Self.known(cache, 1...4) == [3])
  }

  @Test("A notification without recipients, or without any left, is not kept")
  func toNobody() {
    var cache = NotificationCache()
    cache.record(Self.committed(1...2, to: []))
    var changeset = Self.committed(3...4)
    changeset.deliveryResults = Self.settled([(4, .dead)]).deliveryResults
    cache.record(changeset)
    #expect(Self.known(cache, 1...4) == [3])
  }

  @Test("The first notifications of a burst are kept, and others once some of these were delivered")
  func capacity() {
    var cache = NotificationCache()
    let last = Int64(NotificationCache.capacity)
    cache.record(Self.committed(1...last + 10))
    #expect(Self.known(cache, 1...last + 10).max() == last)
    cache.record(Self.settled([(1, .delivered)]))
    cache.record(Self.committed(last + 11...last + 12))
    #expect(Self.known(cache, last - 1...last + 12) == [last - 1, last, last + 11])
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
        orderingKey: "key", recipients: recipients)
    }
    return changeset
  }

  private static func settled(_ ends: [(Int64, DeliveryResult.State)]) -> Changeset {
    var changeset = Changeset()
    changeset.deliveryResults = ends.map { sequence, result in
      DeliveryResult(
        sequence: sequence, notifier: "ops", attempts: 1, at: Timestamp(seconds: 2),
        state: result, detail: "")
    }
    return changeset
  }

  private static func known(
    _ cache: NotificationCache, _ sequences: ClosedRange<Int64>
  ) -> [Int64] {
    let entries = sequences.map { sequence in
      OutboxEntry(
        sequence: sequence, id: "evt_\(sequence)", notifier: "ops", orderingKey: "key",
        opened: Timestamp(seconds: 1),
        attempts: 0, due: Timestamp(seconds: 1), summary: "")
    }
    return cache.notifications(of: entries).filter { $1.id == "evt_\($0)" }.keys.sorted()
  }
}
