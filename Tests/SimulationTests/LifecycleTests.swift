import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("The lifecycle of alerts with crashes")
struct LifecycleTests {
  static let seeds: [UInt64] = Array(1...4)

  private static let worlds: [UInt64: Result<World, any Error>] = Dictionary(
    uniqueKeysWithValues: seeds.map { seed in
      (seed, Result { try days(seed: seed, crashOneIn: 50) })
    })

  private func world(_ seed: UInt64) throws -> World {
    try #require(try Self.worlds[seed]?.get())
  }

  private static let noon = QuietHours(
    name: "noon", zone: "UTC", from: 12 * 60, to: 15 * 60, pass: .critical, notify: ["ops"])

  /// Silences come and go on one pair, every second four hours.
  private static func silences(at now: Timestamp) -> Suppressions {
    let slot = now.milliseconds / (4 * 3_600_000)
    guard slot.isMultiple(of: 2), let matcher = try? SilenceMatcher("pair=KGS/USD") else {
      return Suppressions()
    }
    return Suppressions(silences: [
      Silence(
        id: slot, matchers: [matcher], author: "ana", reason: "known",
        created: Timestamp(seconds: slot * 4 * 3600),
        until: Timestamp(seconds: (slot + 1) * 4 * 3600))
    ])
  }

  private static func days(seed: UInt64, crashOneIn: Int) throws -> World {
    var high = try Fixture.rule("high", "rate > 0.0203")
    high.remind = .seconds(1800)
    high.hold = .publications(2)
    var low = try Fixture.rule("low", "rate < 0.0103")
    low.remind = .seconds(1800)
    var slow = try Fixture.rule("slow", "rate > 0.0301")
    slow.hold = .time(.seconds(3600))
    slow.once = true
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(300))], rules: [high, low, slow],
      notifiers: [Fixture.notifier("console"), Fixture.notifier("ops")], quiet: [noon])
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(2400),
      failsOneIn: 9)
    var world = World(plan: plan, start: Fixture.start, page: page.callAsFunction)
    world.suppressions = silences(at:)
    let chance = Chance(seed: seed)
    world.crashesNow = { _ in chance.oneIn(crashOneIn) }
    world.run(until: Fixture.start + .seconds(3 * 86_400))
    return world
  }

  @Test("a silenced alert is recorded and not sent", arguments: seeds)
  func silenced(seed: UInt64) throws {
    let world = try world(seed)
    let sent = Set(
      world.store.events.map(\.notification)
        .filter { $0.type == .alertFiring && $0.data["silence"] == nil }.map { $0["alert_id"] })
    let during = world.store.events.filter { event in
      event.notification["pair"] == "KGS/USD"
        && !Self.silences(at: event.notification.timestamp).silences.isEmpty
    }
    // But the resolution of an alert that was sent is always sent.
    let silenced = during.filter {
      $0.notification.type != .alertResolved || !sent.contains($0.notification["alert_id"])
    }
    #expect(!silenced.isEmpty)
    #expect(silenced.allSatisfy { $0.recipients.isEmpty })
    #expect(silenced.allSatisfy { $0.notification.data["silence"] != nil })
    let held = Set(world.store.held.map(\.key.sequence))
    #expect(silenced.allSatisfy { !held.contains($0.sequence) })
    #expect(world.crashes > 10)
  }

  @Test("reminders of an alert are never closer than its period", arguments: seeds)
  func reminders(seed: UInt64) throws {
    let world = try world(seed)
    var lastSent: [String: Timestamp] = [:]
    var reminders = 0
    for event in world.store.events.map(\.notification) {
      guard let alertID = event["alert_id"] else { continue }
      if event.type == .alertReminder {
        reminders += 1
        let sent = try #require(lastSent[alertID])
        #expect(event.timestamp - sent >= .seconds(1800))
        #expect(world.store.resolved[alertID].map { $0 > event.timestamp } ?? true)
      }
      lastSent[alertID] = event.timestamp
    }
    #expect(reminders > 10)
  }

  @Test(
    "events held in quiet hours are sent in a digest when they end, and only then", arguments: seeds
  )
  func quiet(seed: UInt64) throws {
    let world = try world(seed)
    func isQuiet(_ instant: Timestamp) -> Bool {
      Self.noon.end(around: instant, in: GreenwichZones()) != nil
    }
    let quiet = world.store.events.filter {
      isQuiet($0.notification.timestamp) && $0.notification["alert_id"] != nil
    }
    #expect(quiet.contains { $0.recipients == ["console"] })
    #expect(quiet.allSatisfy { !$0.recipients.contains("ops") })
    let digests = world.store.events.filter { $0.notification.type == .digest }
    #expect((1...3).contains(digests.count))
    #expect(digests.allSatisfy { $0.recipients == ["ops"] && !isQuiet($0.notification.timestamp) })
    let counted = digests.compactMap { $0.notification["events"].flatMap { Int($0) } }
      .reduce(0, +)
    let kept = world.store.events.filter {
      isQuiet($0.notification.timestamp) && $0.recipients == ["console"]
    }
    #expect(counted == kept.count)
    #expect(world.store.held.isEmpty)
  }

  @Test("an alert of a rule that fires once fires once", arguments: seeds)
  func once(seed: UInt64) throws {
    let world = try world(seed)
    let fired = world.store.fired.filter { $0.key.rule == "slow" }.map(\.key)
    #expect(!fired.isEmpty)
    #expect(fired.count == Set(fired).count)
  }

  @Test("a restart after every step changes no notification", arguments: seeds)
  func restarts(seed: UInt64) throws {
    let steady = try Self.store(seed: seed, restarts: false)
    let restarted = try Self.store(seed: seed, restarts: true)
    #expect(steady.events == restarted.events)
    #expect(steady.alerts == restarted.alerts)
    #expect(steady.resolved == restarted.resolved)
    #expect(Set(steady.events.map(\.notification.type)).count >= 4)
  }

  /// The store after a week of publications at random moments, with each alarm handled when it
  /// is due; with `restarts`, the engine is restored from the store after every step.
  private static func store(seed: UInt64, restarts: Bool) throws -> StoreModel {
    var rule = try Fixture.rule("high", "rate > 0.0103")
    rule.remind = .seconds(7200)
    rule.hold = .time(.seconds(600))
    var brief = try Fixture.rule("brief", "rate > 0.01015")
    brief.expires = (Fixture.start + .seconds(3 * 86_400)).day
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(86_400 * 365))],
      rules: [rule, brief, try Fixture.rule("old", "age > 3h")],
      notifiers: [
        // Nothing is delivered here, so nothing may expire.
        PlannedNotifier(name: "ops", fingerprint: "ops", deliverWithin: .seconds(30 * 86_400))
      ],
      quiet: [noon])
    var store = StoreModel()
    var now = Fixture.start
    var engine = Engine(plan: plan, stored: store.stored, zones: GreenwichZones(), now: now)
    var wake: Timestamp?
    func take(_ event: Event) throws {
      let decision = engine.decide(event, at: now)
      try store.apply(decision.changeset)
      wake = engine.absorb(decision, at: now).wake
      guard restarts else { return }
      engine = Engine(plan: plan, stored: store.stored, zones: GreenwichZones(), now: now)
      let start = engine.decide(.started, at: now)
      try store.apply(start.changeset)
      _ = engine.absorb(start, at: now)
      // A new engine evaluates at once, and must change nothing.
      let look = engine.decide(.woke, at: now)
      try store.apply(look.changeset)
      wake = engine.absorb(look, at: now).wake
    }
    try take(.started)
    let pair = try #require(CurrencyPair("KGS/USD"))
    var chance = SeededRandom(seed: seed)
    for _ in 0..<400 {
      let wobble = Int64(chance.oneIn(2) ? 20 : chance.oneIn(2) ? 40 : 0)
      let printed = try #require(ExactDecimal(coefficient: 1000 + wobble, scale: 5))
      let rate = try #require(Rate(printed: printed))
      try take(
        .fetched(
          SourceName("timesca"),
          .read(
            SourceReading(
              valueDate: now.day, observations: [Observation(pair: pair, rate: rate)]),
            bodyHash: "\(now)", validators: nil)))
      let next = now + .seconds(Int64(chance.oneIn(8) ? 14_400 : chance.oneIn(2) ? 1500 : 300))
      while let alarm = wake, alarm <= next {
        now = max(now, alarm)
        try take(.woke)
      }
      now = next
      let asked = silences(at: now)
      if asked != store.suppressions {
        store.suppressions = asked
        engine.setSuppressions(asked, at: now)
        try take(.woke)
      }
    }
    return store
  }
}
