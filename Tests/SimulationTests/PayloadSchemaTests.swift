import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("The JSON Schemas of payloads")
struct PayloadSchemaTests {
  private static let schemas = Result { try JSONSchema.payloads() }

  private static let start = Timestamp(seconds: 1_780_272_000)

  @Test("exist for every event type and for batches, and for nothing else")
  func complete() throws {
    let schemas = try Self.schemas.get()
    let expected = NotificationType.allCases.map { "\($0.rawValue).json" } + ["batch.json"]
    #expect(schemas.names == expected.sorted())
    for name in schemas.names {
      #expect(schemas[name]?["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
      #expect(schemas[name]?["$id"]?.text?.hasSuffix("/\(name)") == true)
    }
    let types = schemas["batch.json"]?["properties"]?["data"]?["properties"]?["events"]?["items"]?[
      "anyOf"]?.elements?.compactMap { $0["$ref"]?.text }
    #expect(types == NotificationType.allCases.map { "\($0.rawValue).json" })
  }

  @Test("accept every payload the engine makes, of every type")
  func engine() throws {
    let schemas = try Self.schemas.get()
    let notifications = try Self.fortnight().store.events.map(\.notification)
    var fields: [NotificationType: Set<String>] = [:]
    for notification in notifications {
      let document = "\(notification.type.rawValue).json"
      #expect(schemas.problems(of: notification.payload, in: document) == [])
      guard case .object(let members) = notification.data else { continue }
      let known = Self.fields(of: document, in: schemas)
      for member in members where !known.contains(member.name) {
        Issue.record("\(document) does not describe '\(member.name)'")
      }
      fields[notification.type, default: []].formUnion(members.map(\.name))
    }
    let made = Set(notifications.map(\.type))
    #expect(Set(NotificationType.allCases).subtracting(made) == [.storeRewound, .testPing])
    let digests = notifications.filter { $0.type == .digest }
    #expect(Set(digests.map { $0["reason"] }) == ["quiet hours", "too late"])
    // One shape, whatever the reason.
    #expect(Set(digests.map { Self.names(of: $0.data) }).count == 1)
    let entries = digests.compactMap { $0.data["entries"]?.elements?.first }
    #expect(entries.count == digests.count)
    #expect(Set(entries.map { Self.names(of: $0) }).count == 1)
    #expect(fields[.alertFiring]?.contains("late") == false)
    for type in [NotificationType.alertFiring, .alertReminder, .alertCorrection] {
      #expect(fields[type]?.contains("group") == true)
    }
    #expect(fields[.alertReminder]?.contains("vanished_since") == true)
  }

  @Test("accept the report of a rewound store, with all that it contains")
  func rewound() throws {
    let schemas = try Self.schemas.get()
    for since in [Self.start, nil] {
      let engine = Engine(
        plan: Plan(sources: [], rules: [], notifiers: []),
        stored: StoredState(
          installation: "a", latestEvent: 7, sources: [:], series: [], alerts: [:], outbox: [],
          rewind: StoreRewind(expected: 8, found: 7, since: since)),
        zones: GreenwichZones(), now: Self.start)
      let event = try unwrapped(engine.decide(.started, at: Self.start).changeset.events.first)
      #expect(
        schemas.problems(of: event.notification.payload, in: "store.rewound.json") == [])
      guard case .object(let members) = event.notification.data else { continue }
      #expect(
        Set(members.map(\.name)) == Self.fields(of: "store.rewound.json", in: schemas))
    }
  }

  @Test("reject a payload that lacks a field, or whose field has another form")
  func reject() throws {
    let schemas = try Self.schemas.get()
    let ping: [JSONValue.Member] = [
      .init("version", .integer(1)), .init("notifier", .string("ops")),
      .init("severity", .string("info")), .init("summary", .string("a test")),
    ]
    func problems(_ data: [JSONValue.Member]) -> [String] {
      let notification = Notification(
        id: "evt_1", type: .testPing, timestamp: Self.start, data: .object(data))
      return schemas.problems(of: notification.payload, in: "test.ping.json")
    }
    #expect(problems(ping) == [])
    #expect(problems(ping + [.init("more", .null)]) == [])
    #expect(problems(Array(ping.dropLast())) == [#"$.data: "summary" is missing"#])
    #expect(
      problems([.init("version", .integer(2))] + ping.dropFirst())
        == ["$.data.version: 2 violates const 1"])
  }

  @Test("use no keyword that the validator does not check")
  func keywords() throws {
    #expect(try Self.schemas.get().unknownKeywords == [])
    let items = JSONValue.object([.init("uniqueItems", .bool(true))])
    let schema = JSONSchema(documents: ["a.json": .object([.init("items", items)])])
    #expect(schema.unknownKeywords == ["a.json: uniqueItems"])
  }

  private static func names(of value: JSONValue) -> [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.name)
  }

  /// The names of all fields of the data that a schema describes, those of its variants included.
  private static func fields(of document: String, in schemas: JSONSchema) -> Set<String> {
    guard let data = schemas[document]?["properties"]?["data"] else { return [] }
    let variants = [data] + (data["anyOf"]?.elements ?? [])
    var names: Set<String> = []
    for variant in variants {
      guard case .object(let properties)? = variant["properties"] else { continue }
      names.formUnion(properties.map(\.name))
    }
    return names
  }

  // MARK: - A world with every type of event

  /// Runs two weeks of two sources and four notifiers.
  ///
  /// The bank publishes a suspect rate and misses publications, the other source revises a rate, fails for
  /// ten hours and no longer prints a pair. Nine pages of one server take 70 s each for a while. One notifier works, one has quiet hours, one never responds with success,
  /// one is gone.
  private static func fortnight() throws -> World {
    var high = try Fixture.rule("high", "rate > 505")
    high.remind = .seconds(3600)
    var both = try Fixture.rule("both", "rate > 705")
    both.group = .atLeast(2)
    both.remind = .seconds(86_400)
    let calendar = PublicationCalendar(zone: "UTC", hour: 6, minute: 0, holidays: .none)
    let source = PlannedSource(
      name: SourceName("bank"), schedule: .calendar(calendar), dating: .fixing,
      host: "bank.example")
    let other = PlannedSource(
      name: SourceName("other"), schedule: .interval(.seconds(600)), dating: .fixing,
      host: "other.example")
    let crowd = (1...9).map {
      PlannedSource(
        name: SourceName("crowd-\($0)"), schedule: .interval(.seconds(60)), dating: .pageDay,
        host: "crowd.example")
    }
    let plan = Plan(
      sources: [source, other] + crowd,
      rules: [try Fixture.rule("big-move", "abs(change) > 1%"), high, both],
      notifiers: [
        Fixture.notifier("console"), Fixture.notifier("sleeper"), Fixture.notifier("gone"),
        PlannedNotifier(name: "deaf", fingerprint: "deaf", deliverWithin: .seconds(7200)),
      ],
      quiet: [
        QuietHours(name: "night", zone: "UTC", from: 0, to: 12 * 60, notify: ["sleeper"])
      ])
    var world = World(plan: plan, start: start) { source, now in
      page(of: source, hour: Int((now - start).milliseconds / 3_600_000))
    }
    world.receiver = { notifier, _, _ in
      switch notifier {
      case "deaf": .retry(because: "HTTP 500", after: nil)
      case "gone": .gone
      default: .delivered(detail: "HTTP 204")
      }
    }
    world.latency = .seconds(70)
    world.run(until: start + .seconds(600))
    world.latency = .milliseconds(40)
    world.run(until: start + .seconds(14 * 86_400))
    return world
  }

  private static func page(of source: SourceName, hour: Int) -> FetchOutcome {
    if source == SourceName("other"), (30..<40).contains(hour) {
      return .failed(because: "the server answered HTTP 503", retryAfter: nil)
    }
    if source.text.hasPrefix("crowd") { return .unchanged }
    // The hour from which a page is published, its value date in June 2026, and its rate.
    let pages =
      source == SourceName("other")
      ? [(0, 1, "700.00"), (24, 2, "710.00"), (26, 2, "709.00"), (60, 3, "709.50")]
      : [
        (0, 1, "500.00"), (24, 2, "510.00"), (48, 3, "500.00"), (72, 4, "0.002000"),
        (96, 5, "500.50"), (280, 12, "500.60"),
      ]
    guard let page = pages.last(where: { $0.0 <= hour }), let pair = CurrencyPair("USD/KZT"),
      let rate = ExactDecimal(page.2).flatMap({ Rate(printed: $0) })
    else { return .unchanged }
    let vanishing = CurrencyPair("EUR/KZT").map { Observation(pair: $0, rate: rate) }
    return .read(
      SourceReading(
        valueDate: CalendarDay(year: 2026, month: 6, day: page.1),
        observations: [Observation(pair: pair, rate: rate)]
          + (source == SourceName("other") && page.0 < 60 ? [vanishing].compactMap(\.self) : [])),
      bodyHash: "\(page)", validators: nil)
  }
}
