import FXCore
import Testing

@Suite("The identifiers of events")
struct EngineIdentityTests {
  private static func run(_ conditions: [String] = ["abs(change) > 1%"]) throws -> EngineRun {
    var rules: [Rule] = []
    for (index, condition) in conditions.enumerated() {
      var rule = Rule(name: "rule-\(index)", condition: try Condition(condition))
      rule.remind = .seconds(3600)
      rules.append(rule)
    }
    var run = EngineRun(rules: rules)
    run.publish("1.000")
    return run
  }

  /// Returns rates that move by more than one percent each.
  private static func moves(_ count: Int, seed: UInt64) -> [String] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return "1.\(100 + Int(state >> 33) % 900)"
    }
  }

  /// Returns the report of an event, without the times at which fxwatch saw it.
  private static func content(_ event: OutboxEvent) -> String {
    let data = event.notification.data
    return [
      event.notification.type.rawValue, data["rate"]?.text, data["previous"]?["rate"]?.text,
      data["value_date"]?.text, data["rule"]?.text,
    ].map { $0 ?? "" }.joined(separator: " ")
  }

  private static func contents(_ run: EngineRun) -> [String: String] {
    Dictionary(run.sent.map { ($0.notification.id, content($0)) }) { "\($0) and \($1)" }
  }

  @Test(
    "are new for other moves after a backup is restored", arguments: 1...10 as ClosedRange<UInt64>)
  func restored(seed: UInt64) throws {
    let backup = try Self.run(["abs(change) > 1%", "rate > 1.5"])
    var lost = backup
    for move in Self.moves(25, seed: seed) {
      lost.pass(.seconds(600))
      lost.publish(move)
    }
    var restored = backup
    restored.pass(.seconds(86_400))
    for move in Self.moves(30, seed: seed + 100) {
      restored.pass(.seconds(600))
      restored.publish(move)
    }
    let (before, after) = (Self.contents(lost), Self.contents(restored))
    #expect(before.count == lost.sent.count && after.count == restored.sent.count)
    #expect(after.filter { before[$0.key] != nil && before[$0.key] != $0.value } == [:])
  }

  @Test("are the same for the same moves, whenever they are seen")
  func same() throws {
    let backup = try Self.run(["abs(change) > 1%", "rate > 1.5"])
    let moves = Self.moves(25, seed: 7)
    func identifiers(pausing pause: Duration) -> [String] {
      var run = backup
      for move in moves {
        run.pass(pause)
        run.publish(move, of: EngineRun.start.day)
      }
      return run.sent.map(\.notification.id)
    }
    let sent = identifiers(pausing: .seconds(60))
    #expect(sent.count >= 25 && Set(sent).count == sent.count)
    #expect(identifiers(pausing: .seconds(90)) == sent)
  }

  @Test("are different for the same move made again")
  func repeated() throws {
    var run = try Self.run()
    // Of three rates, because a rate that alternates between two flaps.
    for number in 1...40 {
      run.publish(["1.000", "1.100", "1.200"][number % 3], of: EngineRun.start.day)
    }
    #expect(run.sent.count == 40)
    #expect(Set(run.sent.map(\.notification.id)).count == 40)
    #expect(Set(run.fired.map(\.id)).count == 40)
  }

  @Test("are different for every reminder, and for alerts that the clock fires again")
  func clock() throws {
    var run = try Self.run(["age > 2h and age < 4h or age > 6h", "rate < 2"])
    run.pass(.seconds(12 * 3600))
    #expect(run.sent.count > 20)
    #expect(Set(run.sent.map(\.notification.id)).count == run.sent.count)
    #expect(run.fired.map(\.key.rule) == ["rule-1", "rule-0", "rule-0"])
    #expect(Set(run.fired.map(\.id)).count == 3)
  }

  @Test("of alerts that the clock fires are the same after a restored backup")
  func clockRestored() throws {
    let backup = try Self.run(["age > 2h and age < 4h or age > 6h"])
    var (first, second) = (backup, backup)
    first.pass(.seconds(3 * 3600))
    second.pass(.seconds(3 * 3600 + 1))
    #expect(first.fired.map(\.id) == second.fired.map(\.id))
    #expect(first.sent.first?.notification.id == second.sent.first?.notification.id)
  }

  @Test(
    "go on after the last one that was ever used if the store was rewound, which is reported once")
  func rewind() throws {
    let stored = StoredState(
      installation: "00", latestEvent: 10, sources: [:], series: [], alerts: [:], outbox: [],
      rewind: StoreRewind(expected: 35, found: 10, since: EngineRun.start))
    var engine = Engine(
      plan: Plan(
        sources: [], rules: [], notifiers: [PlannedNotifier(name: "ops", fingerprint: "")]),
      stored: stored, zones: TestZones(), now: EngineRun.start)
    let decision = engine.decide(.started, at: EngineRun.start)
    let event = try #require(decision.changeset.events.first)
    #expect(event.sequence == 36 && event.recipients == ["ops"])
    #expect(
      event.notification.payload.description == """
        {"type":"store.rewound","timestamp":"2026-02-20T09:00:00.000Z","data":{"version":1,\
        "severity":"warning","summary":"the database does not have the last 25 events any more, \
        because a backup was restored or its log was lost; events that are found again have the \
        same identifiers","lost":25,"latest_event":10,"since":"2026-02-20T09:00:00.000Z"}}
        """)
    let again = engine.decide(.started, at: EngineRun.start + .seconds(5))
    #expect(again.changeset.events.map(\.notification.id) == [event.notification.id])
    _ = engine.absorb(decision, at: EngineRun.start)
    #expect(engine.decide(.started, at: EngineRun.start).changeset.events == [])
  }
}
