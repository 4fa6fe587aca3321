import FXCore
import Testing

@Suite("The filter of quiet hours")
struct QuietHoursFilterTests {
  /// 2026-02-20T09:00:00Z.
  private static let start = Timestamp(seconds: 1_771_578_000)
  private static let end = start + .seconds(9 * 3600)

  /// From 10:00 to 18:00 UTC, for `ops` only.
  private static let nights = QuietHours(
    name: "nights", zone: "UTC", from: 10 * 60, to: 18 * 60, pass: .critical, notify: ["ops"])

  private static func held(_ sequence: Int64, for notifier: String) -> HeldEvent {
    HeldEvent(
      key: .init(sequence: sequence, notifier: notifier),
      notification: Notification(
        id: "evt_00_\(sequence)", type: .alertFiring, timestamp: start,
        text: JSONText(.object([.init("summary", .string("event \(sequence)"))]))))
  }

  private static func hour(_ hour: Int) -> Timestamp { start + .seconds(3600 * (hour - 9)) }

  @Test(
    "holds within the hours, for their notifiers, below the severity that passes",
    arguments: [
      (9, "ops", Severity.warning, false), (10, "ops", .warning, true), (17, "ops", .info, true),
      (18, "ops", .warning, false), (10, "ops", .critical, false),
      (10, "console", .warning, false),
    ])
  func holds(hour: Int, notifier: String, severity: Severity, isHeld: Bool) {
    let filter = QuietHoursFilter([Self.nights], zones: TestZones())
    #expect(filter.holds(severity, to: notifier, at: Self.hour(hour)) == isHeld)
    let unused = QuietHoursFilter([], zones: TestZones())
    #expect(!unused.holds(severity, to: notifier, at: Self.hour(hour)))
  }

  @Test("releases a notifier's events in one digest when its hours end")
  func digest() {
    var filter = QuietHoursFilter([Self.nights], zones: TestZones())
    #expect(filter.nextDigest(at: Self.hour(11)) == nil)
    filter.absorb(held: [Self.held(1, for: "ops"), Self.held(2, for: "ops")], released: [])
    #expect(filter.nextDigest(at: Self.hour(11)) == Self.end)
    #expect(filter.dueDigests(at: Self.end - .milliseconds(1)).isEmpty)
    let digests = filter.dueDigests(at: Self.end)
    #expect(digests.map(\.notifiers) == [["ops"]])
    #expect(digests.map { $0.events.map(\.id) } == [["evt_00_1", "evt_00_2"]])
    filter.absorb(held: [], released: digests.flatMap(\.released))
    #expect(filter.dueDigests(at: Self.end).isEmpty)
    #expect(filter.nextDigest(at: Self.end) == nil)
  }

  @Test("sends one digest to the notifiers for which the same events were held")
  func shared() {
    let all = QuietHours(name: "all", zone: "UTC", from: 10 * 60, to: 18 * 60)
    var filter = QuietHoursFilter([all], zones: TestZones())
    filter.absorb(
      held: [
        Self.held(1, for: "ops"), Self.held(1, for: "console"), Self.held(1, for: "mail"),
        Self.held(2, for: "mail"),
      ], released: [])
    let digests = filter.dueDigests(at: Self.end)
    #expect(digests.map(\.notifiers) == [["console", "ops"], ["mail"]])
    #expect(digests.map { $0.events.map(\.id) } == [["evt_00_1"], ["evt_00_1", "evt_00_2"]])
  }

  @Test("keeps what was not released, and sends it at once where no hours are set any more")
  func keeps() {
    var filter = QuietHoursFilter([], zones: TestZones())
    filter.absorb(held: [Self.held(1, for: "ops"), Self.held(2, for: "ops")], released: [])
    filter.absorb(held: [], released: [.init(sequence: 1, notifier: "ops")])
    #expect(filter.nextDigest(at: Self.start) == Self.start)
    #expect(filter.dueDigests(at: Self.start).map { $0.events.map(\.id) } == [["evt_00_2"]])
  }

  @Test("restores the events of notifiers in use, oldest first, and releases the others")
  func restore() {
    var filter = QuietHoursFilter([Self.nights], zones: TestZones())
    let released = filter.restore(
      [Self.held(3, for: "ops"), Self.held(2, for: "gone"), Self.held(1, for: "ops")]
    ) { $0 != "gone" }
    #expect(released == [.init(sequence: 2, notifier: "gone")])
    #expect(
      filter.dueDigests(at: Self.end).map { $0.events.map(\.id) } == [["evt_00_1", "evt_00_3"]])
  }
}
