import FXCore
import Testing

@Suite("A decision that is built")
struct DecisionBuilderTests {
  private static let now = Timestamp(seconds: 1_771_578_000)

  private static func data(_ summary: String) -> JSONValue {
    .object([.init("summary", .string(summary)), .init("severity", .string("warning"))])
  }

  @Test("numbers its events from the one after the latest event")
  func numbering() {
    let decision = DecisionBuilder(
      at: Self.now, installation: "abc", latestEvent: 41, recipients: TestRecipients())
    let ids = ["first", "second"].map {
      decision.notify(.sourceDown, Self.data($0), orderingKey: "source ecb")
    }
    #expect(ids == ["evt_abc_42", "evt_abc_43"])
    #expect(decision.changeset.events.map(\.sequence) == [42, 43])
    #expect(decision.changeset.events.map(\.notification.id) == ids)
    #expect(decision.changeset.events.map(\.notification.timestamp) == [Self.now, Self.now])
    #expect(decision.changeset.events.map(\.orderingKey) == ["source ecb", "source ecb"])
  }

  @Test("identifies an alert by the number of the event with which it fires")
  func alertIdentifier() {
    let decision = DecisionBuilder(
      at: Self.now, installation: "abc", latestEvent: 41, recipients: TestRecipients())
    #expect(decision.nextAlertID == "alert_abc_42")
    #expect(decision.nextAlertID == "alert_abc_42")
    decision.notify(.alertFiring, Self.data("fires"), orderingKey: "a")
    #expect(decision.nextAlertID == "alert_abc_43")
    #expect(decision.eventID(7) == "evt_abc_7")
  }

  @Test("sends an event to all notifiers, or to the named ones")
  func recipients() {
    let decision = DecisionBuilder(at: Self.now)
    decision.notify(.sourceDown, Self.data("to all"), orderingKey: "a")
    decision.notify(.sourceDown, Self.data("to one"), orderingKey: "a", to: ["ops"])
    decision.notify(.sourceDown, Self.data("to none"), orderingKey: "a", to: [])
    #expect(decision.changeset.events.map(\.recipients) == [["console", "ops"], ["ops"], []])
  }

  @Test("holds an event for the recipients in quiet hours, and sends it to the others")
  func held() throws {
    let decision = DecisionBuilder(at: Self.now, TestRecipients(quiet: ["ops"]))
    decision.notify(.sourceDown, Self.data("down"), orderingKey: "a")
    let event = try #require(decision.changeset.events.first)
    #expect(event.recipients == ["console"])
    #expect(
      decision.changeset.held
        == [HeldEvent(key: .init(sequence: 1, notifier: "ops"), notification: event.notification)])
  }

  @Test("logs each event with its identifier and summary")
  func logs() {
    let builder = DecisionBuilder(at: Self.now)
    #expect(builder.decision.changeset.isEmpty && builder.decision.logEntries.isEmpty)
    builder.notify(.digest, Self.data("a digest"), orderingKey: "a")
    #expect(
      builder.decision.logEntries
        == [.notified(.digest, id: "evt_00_1", summary: "a digest", silence: nil)])
    #expect(builder.decision.changeset == builder.changeset)
  }
}
