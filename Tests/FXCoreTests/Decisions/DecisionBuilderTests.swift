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
    #expect(Set(ids).count == 2 && ids.allSatisfy { $0.hasPrefix("evt_") && $0.count == 28 })
    #expect(decision.changeset.events.map(\.sequence) == [42, 43])
    #expect(decision.changeset.events.map(\.notification.id) == ids)
    #expect(decision.changeset.events.map(\.notification.timestamp) == [Self.now, Self.now])
    #expect(decision.changeset.events.map(\.orderingKey) == ["source ecb", "source ecb"])
  }

  /// Returns the identifier of an event in a decision of its own.
  private static func identifier(
    _ type: NotificationType = .sourceDown, _ summary: String = "down",
    to names: [String]? = nil, occurrence: Occurrence? = nil,
    in decision: DecisionBuilder = decision()
  ) -> String {
    decision.notify(type, data(summary), orderingKey: "a", to: names, occurrence: occurrence)
  }

  private static func decision(
    of installation: String = "abc", after latest: Int64 = 41, at now: Timestamp = now
  ) -> DecisionBuilder {
    DecisionBuilder(
      at: now, installation: installation, latestEvent: latest, recipients: TestRecipients())
  }

  @Test("identifies an event by the installation and by what happened, not by its number")
  func identifiers() {
    let id = Self.identifier()
    #expect(Self.identifier() == id && Self.identifier(in: Self.decision(after: 7)) == id)
    let others = [
      Self.identifier(.sourceStale), Self.identifier(.sourceDown, "down again"),
      Self.identifier(in: Self.decision(of: "abd")),
      Self.identifier(in: Self.decision(at: Self.now + .milliseconds(1))),
      Self.identifier(to: ["ops"]), Self.identifier(to: ["op", "s"]),
    ]
    #expect(Set(others + [id]).count == 7)
  }

  @Test("identifies an event that its data or a publication distinguishes without the moment")
  func occurrences() {
    let origins = [ContentDigest.none, ContentDigest(high: 0, low: 1)]
    for occurrence in [.data] + origins.map(Occurrence.publication) {
      let later = Self.decision(at: Self.now + .seconds(60))
      #expect(
        Self.identifier(occurrence: occurrence)
          == Self.identifier(occurrence: occurrence, in: later))
    }
    #expect(
      Self.identifier(occurrence: .publication(origins[0]))
        != Self.identifier(occurrence: .publication(origins[1])))
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
    let id = builder.notify(.digest, Self.data("a digest"), orderingKey: "a")
    #expect(
      builder.decision.logEntries
        == [
          .notified(
            .digest, id: id, summary: "a digest", silence: nil, recipients: ["console", "ops"])
        ])
    #expect(builder.decision.changeset == builder.changeset)
  }
}
