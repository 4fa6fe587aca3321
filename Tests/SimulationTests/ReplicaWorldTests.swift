import FXCore
import InMemoryStore
import Support
import Testing

@Suite("A simulation of replicas that share a store")
struct ReplicaWorldTests {
  static let seeds: [UInt64] = Array(1...4)

  /// A poll every second, and a page that changes every twenty.
  private static func world(seed: UInt64, replicas: [String]) throws -> ReplicaWorld {
    let plan = Plan(
      sources: [
        Fixture.source("timesca", every: .seconds(1)), Fixture.source("bank", every: .seconds(15)),
      ],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("console"), Fixture.notifier("ops")])
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(20),
      failsOneIn: 25)
    return ReplicaWorld(
      plan: plan, replicas: replicas, start: Fixture.start, page: page.callAsFunction)
  }

  /// Half an hour of faults, a minute or less apart, and a calm end in which everything can arrive.
  private static func faulty(seed: UInt64, rewinds: Bool) throws -> ReplicaWorld {
    var world = try world(seed: seed, replicas: ["anna", "berta", "clara"])
    if rewinds { world.keepPast() }
    let chance = Chance(seed: seed)
    let calm = Fixture.start + .seconds(1800)
    world.faults.loss = { _, now in
      guard now < calm, chance.oneIn(40) else { return nil }
      return chance.oneIn(2) ? .request : .answer
    }
    world.faults.freeze = { _, now in
      now < calm && chance.oneIn(400) ? (chance.oneIn(2) ? .seconds(7) : .seconds(60)) : nil
    }
    world.faults.refuses = { notifier, now in
      now < calm && notifier == "ops" && chance.oneIn(4)
    }
    var random = SeededRandom(seed: seed)
    world.run(until: Fixture.start + .seconds(20))
    while world.now < calm {
      if let active = world.active, world.replicas[active].runs(at: world.now) {
        switch Int.random(in: 0..<(rewinds ? 5 : 4), using: &random) {
        case 0: world.kill(active, for: .seconds(3))
        case 1: world.freeze(active, for: .seconds(60))
        case 2: world.stop(active, for: .seconds(3))
        case 3: world.freeze(active, for: .seconds(2))
        default: world.rewind(by: Int.random(in: 1...8, using: &random))
        }
      }
      world.run(until: world.now + .milliseconds(Int64.random(in: 10_000...40_000, using: &random)))
    }
    world.run(until: calm + .seconds(2400))
    return world
  }

  private static let worlds: [UInt64: Result<ReplicaWorld, any Error>] = Dictionary(
    uniqueKeysWithValues: seeds.map { seed in
      (seed, Result { try faulty(seed: seed, rewinds: seed.isMultiple(of: 2)) })
    })

  private func world(_ seed: UInt64) throws -> ReplicaWorld {
    try #require(try Self.worlds[seed]?.get())
  }

  @Test("transactions are one chain, in which each lease has one nonce", arguments: seeds)
  func chain(seed: UInt64) throws {
    let world = try world(seed)
    let log = world.server.log
    #expect(log.count > 1000)
    for (one, next) in zip(log, log.dropFirst()) {
      // A lease that was given back is one without a changeset.
      #expect(next.number == one.number + 1 || next.number == one.number + 2)
      #expect(next.epoch == one.epoch ? next.nonce == one.nonce : next.epoch == one.epoch + 1)
    }
    #expect(Set(log.map(\.epoch)).count > 10)
  }

  @Test("a replica whose lease another one has neither polls nor sends", arguments: seeds)
  func zombies(seed: UInt64) throws {
    let world = try world(seed)
    #expect(world.violations == [])
    #expect(Set(world.arrivals.map(\.replica)).count == 3)
  }

  @Test(
    "every stored event reaches every notifier, and an identifier names one event", arguments: seeds
  )
  func identifiers(seed: UInt64) throws {
    let world = try world(seed)
    let events = world.server.tables.events
    #expect(events.count > 60)
    for notifier in ["console", "ops"] {
      let taken = Set(world.arrivals.filter { $0.notifier == notifier && $0.wasTaken }.map(\.id))
      let sent = events.filter { $0.recipients.contains(notifier) }.map(\.notification.id)
      #expect(Set(sent).subtracting(taken) == [])
    }
    var facts: [String: Set<String>] = [:]
    var identifiers: [String: Set<String>] = [:]
    for arrival in world.arrivals {
      let fact = Self.fact(arrival)
      facts[arrival.id, default: []].insert(fact)
      identifiers[fact, default: []].insert(arrival.id)
    }
    #expect(facts.filter { $0.value.count > 1 } == [:])
    if world.server.rewinds == 0 {
      #expect(Set(world.arrivals.map(\.sequence)).count == facts.count)
    }
  }

  @Test("the loss of events is reported")
  func rewinds() throws {
    let rewound = try Self.seeds.map { try world($0) }.filter { $0.server.rewinds > 0 }
    #expect(rewound.count == Self.seeds.count / 2)
    let types = rewound.flatMap { $0.server.tables.events.map(\.notification.type) }
    #expect(types.contains(.storeRewound))
  }

  /// The content of an event that a receiver sees, without when it was seen.
  private static func fact(_ arrival: ReplicaWorld.Arrival) -> String {
    let data = arrival.data
    return [
      arrival.orderingKey, data["pair"]?.text ?? "", data["rate"]?.text ?? "",
      data["previous"]?["rate"]?.text ?? "", data["reason"]?.text ?? "",
      data["lost"]?.description ?? "", data["since"]?.text ?? "",
    ].joined(separator: " | ")
  }

  @Test("events of a series arrive in their order, over every takeover", arguments: seeds)
  func order(seed: UInt64) throws {
    let world = try world(seed)
    guard world.server.rewinds == 0 else { return }
    var latest: [String: Int64] = [:]
    var seen: Set<String> = []
    for arrival in world.arrivals where arrival.wasTaken {
      guard seen.insert("\(arrival.notifier) \(arrival.id)").inserted else { continue }
      let key = "\(arrival.notifier) \(arrival.orderingKey)"
      #expect(arrival.sequence > latest[key] ?? 0)
      latest[key] = arrival.sequence
    }
  }

  @Test("the memory of the active replica equals the stored state", arguments: seeds)
  func memory(seed: UInt64) throws {
    let world = try world(seed)
    let active = try #require(world.active)
    let engine = try #require(world.replicas[active].engine)
    let loaded = Engine(
      plan: world.plan, stored: world.server.tables.stored, zones: GreenwichZones(), now: world.now)
    #expect(engine.rates(at: world.now) == loaded.rates(at: world.now))
    #expect(engine.waiting == loaded.waiting)
  }

  /// A way in which an active replica disappears.
  enum Disappearance: CaseIterable {
    case kill
    case freeze
    case cutOff
    case lostAnswers
  }

  @Test(
    "whatever happens to the active replica, another one polls at once what is due, within ten seconds",
    arguments: Disappearance.allCases)
  func takeovers(_ disappearance: Disappearance) throws {
    var world = try Self.world(seed: 3, replicas: ["anna", "berta", "clara"])
    var random = SeededRandom(seed: 3)
    world.run(until: Fixture.start + .seconds(30))
    for _ in 0..<12 {
      let gone = try #require(world.active)
      let name = world.replicas[gone].name
      let instant = world.now
      let end = instant + .seconds(25)
      switch disappearance {
      case .kill: world.kill(gone, for: .seconds(2))
      case .freeze: world.freeze(gone, for: .seconds(25))
      case .cutOff: world.faults.loss = { $0 == name && $1 < end ? .request : nil }
      case .lostAnswers: world.faults.loss = { $0 == name && $1 < end ? .answer : nil }
      }
      world.run(until: world.now + .milliseconds(Int64.random(in: 30_000...45_000, using: &random)))
      #expect(world.violations == [])
      let active = try #require(world.activations.last { $0.at > instant && $0.replica != name })
      #expect(active.at - instant <= .milliseconds(9500))
      for source in ["timesca", "bank"].map(SourceName.init) {
        let first = try #require(
          world.polls.first {
            $0.at >= active.at && $0.replica == active.replica && $0.source == source
          })
        let before = world.polls.last { $0.at < active.at && $0.source == source }
        // What is due is polled at once; anything else an interval, or 30 s, after the poll before.
        let due = (before?.at ?? active.at) + .milliseconds(source.text == "bank" ? 16_500 : 1100)
        #expect(first.at <= max(active.at + .milliseconds(150), due + .milliseconds(200)))
      }
    }
  }

  @Test("publishers see as many polls from three replicas as from one")
  func polls() throws {
    var several = try Self.world(seed: 5, replicas: ["anna", "berta", "clara"])
    var one = try Self.world(seed: 5, replicas: ["anna"])
    several.run(until: Fixture.start + .seconds(3600))
    one.run(until: Fixture.start + .seconds(3600))
    #expect(several.polls.map(\.at) == one.polls.map(\.at))
    #expect(one.polls.count > 3000)
  }
}
