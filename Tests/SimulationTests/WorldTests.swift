import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A simulation with failures and crashes")
struct WorldTests {
  static let seeds: [UInt64] = Array(1...6)

  /// The worlds with crashes, each after its run.
  private static let worlds: [UInt64: Result<World, any Error>] = Dictionary(
    uniqueKeysWithValues: seeds.map { seed in
      (
        seed,
        Result {
          try day(seed: seed, crashOneIn: 60, eventsPerPortion: seed.isMultiple(of: 2) ? 1 : .max)
        }
      )
    })

  private func world(_ seed: UInt64) throws -> World {
    try #require(try Self.worlds[seed]?.get())
  }

  /// A day of polls a minute apart, two receivers that fail one attempt in four, and a crash at one
  /// step in sixty; the last hours are calm so that everything can arrive.
  ///
  /// With `eventsPerPortion` pages are handled in portions, so that crashes happen within a page, too.
  private static func day(
    seed: UInt64, crashOneIn: Int, eventsPerPortion: Int = .max
  ) throws -> World {
    let plan = Plan(
      sources: [
        Fixture.source("timesca", every: .seconds(60)),
        Fixture.source("bank", every: .seconds(300)),
      ],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("console"), Fixture.notifier("ops")])
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(600),
      failsOneIn: 9)
    var world = World(
      plan: plan, start: Fixture.start, eventsPerPortion: eventsPerPortion,
      page: page.callAsFunction)
    let chance = Chance(seed: seed)
    let calm = Fixture.start + .seconds(86_400)
    world.crashesNow = { $0 < calm && chance.oneIn(crashOneIn) }
    world.receiver = { notifier, _, now in
      now < calm && notifier == "ops" && chance.oneIn(4)
        ? .retry(because: "HTTP 503") : .delivered(detail: "HTTP 204")
    }
    world.run(until: Fixture.start + .seconds(2 * 86_400))
    return world
  }

  @Test("each certain move is reported once unless it flaps, and nothing else is", arguments: seeds)
  func tellsEachMoveOnce(seed: UInt64) throws {
    let world = try world(seed)
    var expected: [String] = []
    for (series, points) in world.store.points {
      let numbers = (world.store.publications[series.source] ?? []).map(\.number)
      for point in Self.reported(points, of: numbers) {
        expected.append("\(series) \(point.rate.perUnitText) \(point.firstSeen)")
      }
    }
    let sent = world.store.fired.map { alert in
      let rate = alert.data.value["rate"]?.text ?? ""
      return "\(alert.key.series) \(rate) \(alert.data.value["observed_at"]?.text ?? "")"
    }
    #expect(sent.sorted() == expected.sorted())
    #expect(sent.count > 50)
    #expect(world.crashes > 10)
  }

  /// Returns the points of a series whose move by more than 1 % is certain, without those that a brake
  /// holds back, after a plain definition of it.
  private static func reported(_ points: [SeriesPoint], of numbers: [Int64]) -> [SeriesPoint] {
    var (reported, transitions, heldSince): ([SeriesPoint], [Int64], Int64?) = ([], [], nil)
    var wasMove = false
    for number in numbers {
      guard let place = points.lastIndex(where: { $0.publication <= number }),
        place > 0 || points[place].publication < number
      else { continue }
      let isNew = points[place].publication == number
      let isMove = isNew ? isMove(from: points[place - 1], to: points[place]) : .no
      let returns = place > 1 && points[place].rate == points[place - 2].rate
      let isTransition = isMove == .yes && (!wasMove || returns)
      if isMove != .undecided { wasMove = isMove == .yes }
      if isTransition { transitions = transitions.filter { $0 > number - 21 } + [number] }
      if heldSince != nil {
        if isTransition { heldSince = number }
        guard let since = heldSince, number - since >= 7 else { continue }
        (heldSince, transitions) = (nil, [])
      }
      if isMove == .yes { reported.append(points[place]) }
      if isTransition, transitions.count > 4 { heldSince = number }
    }
    return reported
  }

  private static func isMove(from old: SeriesPoint, to new: SeriesPoint) -> Truth {
    let tick = new.rate.tick(scale: 5)
    let move = RateRange(rate: new.rate.perUnit, tick: tick)
      .relativeMove(from: RateRange(rate: old.rate.perUnit, tick: tick))
    let onePercent = RateRange(exactly: Fraction(numerator: 1, denominator: 100))
    return move?.magnitude.isAbove(onePercent) ?? .no
  }

  @Test("every event reaches every notifier, under one identifier", arguments: seeds)
  func losesNothing(seed: UInt64) throws {
    let world = try world(seed)
    for notifier in ["console", "ops"] {
      let taken = world.arrivals.filter { $0.notifier == notifier && $0.wasTaken }
      let expected = world.store.events.filter { $0.recipients.contains(notifier) }
      #expect(Set(taken.map(\.sequence)) == Set(expected.map(\.sequence)))
    }
    let identifiers = Dictionary(grouping: world.arrivals, by: \.sequence)
      .mapValues { Set($0.map(\.id)) }
    #expect(identifiers.values.allSatisfy { $0.count == 1 })
    #expect(Set(identifiers.values.flatMap { $0 }).count == identifiers.count)
    #expect(world.store.open.isEmpty)
  }

  @Test("an event is sent again at most once for each crash", arguments: seeds)
  func repeatsOnlyAfterCrashes(seed: UInt64) throws {
    let world = try world(seed)
    let taken = Dictionary(
      grouping: world.arrivals.filter(\.wasTaken), by: { "\($0.notifier) \($0.sequence)" })
    #expect(taken.values.allSatisfy { $0.count <= world.crashes + 1 })
    #expect(taken.values.reduce(0) { $0 + $1.count - 1 } <= world.crashes * 8)
  }

  @Test("without a crash nothing is sent twice")
  func repeatsNothing() throws {
    let world = try Self.day(seed: 99, crashOneIn: .max)
    let taken = world.arrivals.filter(\.wasTaken).map { "\($0.notifier) \($0.sequence)" }
    #expect(taken.count == Set(taken).count)
    #expect(taken.count > 100)
  }

  @Test("a newer event is never delivered before an older one of its series", arguments: seeds)
  func keepsOrder(seed: UInt64) throws {
    let world = try world(seed)
    var latest: [String: Int64] = [:]
    var seen: Set<String> = []
    for arrival in world.arrivals where arrival.wasTaken {
      guard seen.insert("\(arrival.notifier) \(arrival.sequence)").inserted else { continue }
      let key = "\(arrival.notifier) \(arrival.orderingKey)"
      #expect(arrival.sequence > latest[key] ?? 0)
      latest[key] = arrival.sequence
    }
  }

  @Test(
    "a clock that is set back and forth neither stops the polls nor hurries them, and loses nothing",
    arguments: [[3600, -3600], [-3600, 3600], [-7200, 3600], [3600, 3600]])
  func clockSteps(steps: [Int]) throws {
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(60))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("console"), Fixture.notifier("ops")])
    let polls = Locked(0)
    let page = WanderingPage(
      seed: 7, pairs: Fixture.pairs("KGS/USD", "KZT/USD"), step: .seconds(600), failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start) { source, now in
      polls.withLock { $0 += 1 }
      return page(source, now)
    }
    let chance = Chance(seed: 3)
    world.receiver = { notifier, _, _ in
      notifier == "ops" && chance.oneIn(5)
        ? .retry(because: "HTTP 503") : .delivered(detail: "HTTP 204")
    }
    for step in steps {
      let before = polls.withLock { $0 }
      world.run(until: world.now + .seconds(7200))
      #expect((100...140).contains(polls.withLock { $0 } - before))
      world.setClock(by: .seconds(step))
    }
    let before = polls.withLock { $0 }
    world.run(until: world.now + .seconds(7200))
    #expect((100...140).contains(polls.withLock { $0 } - before))
    world.receiver = { _, _, _ in .delivered(detail: "HTTP 204") }
    world.run(until: world.now + .seconds(86_400 / 2))
    for notifier in ["console", "ops"] {
      let taken = world.arrivals.filter { $0.notifier == notifier && $0.wasTaken }.map(\.sequence)
      let sent = world.store.events.filter { $0.recipients.contains(notifier) }
      // Deliveries in progress at the end have not arrived yet.
      #expect(taken.count >= sent.count - 2)
      #expect(Set(taken).count == taken.count)
      #expect(sent.count > 20)
    }
  }

  @Test(
    "a clock that is set makes nothing that waits too late, not even after a restart",
    arguments: [25 * 3600, 40 * 86_400, -25 * 3600], [false, true])
  func clockStepWithWaiting(step: Int, restarts: Bool) throws {
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(600))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("ops")])
    let page = WanderingPage(
      seed: 7, pairs: Fixture.pairs("KGS/USD", "KZT/USD"), step: .seconds(600), failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start) { page($0, $1) }
    world.receiver = { _, _, _ in .retry(because: "HTTP 503") }
    world.run(until: world.now + .seconds(3600))
    world.setClock(by: .seconds(step))
    world.page = { _, _ in .unchanged }
    world.crashesNow = { _ in false }
    if restarts { world.restart() }
    let sent = world.store.events.count
    #expect(sent > 3)
    world.receiver = { _, _, _ in .delivered(detail: "HTTP 204") }
    world.run(until: world.now + .seconds(3 * 3600))
    #expect(world.store.events.count == sent)
    #expect(world.arrivals.count { $0.wasTaken } == sent)
  }

  @Test("an unchanged page adds no publication, only its last-seen time")
  func growsWithChangesOnly() throws {
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(60))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")], notifiers: [])
    let still = WanderingPage(
      seed: 7, pairs: Fixture.pairs("KGS/USD"), step: .seconds(7 * 86_400), failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start) { source, now in
      still(source, Timestamp(seconds: now.milliseconds / 86_400_000 * 86_400))
    }
    world.run(until: Fixture.start + .seconds(3600))
    #expect(world.store.publications[SourceName("timesca")]?.count == 1)
    #expect(
      world.store.sources[SourceName("timesca")]?.lastSuccess ?? Fixture.start
        > Fixture.start + .seconds(3400))
  }
}

/// A seeded chance that closures can share.
final class Chance: Sendable {
  private let state: Locked<SeededRandom>

  init(seed: UInt64) { state = Locked(SeededRandom(seed: seed)) }

  func oneIn(_ times: Int) -> Bool {
    times != .max && state.withLock { $0.oneIn(times) }
  }
}
