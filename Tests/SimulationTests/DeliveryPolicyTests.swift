import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A receiver that fails for a long time")
struct DeliveryPolicyTests {
  private static let hour = Duration.seconds(3600)

  /// A world in which a page moves every half hour, with a console that works and a receiver `ops`
  /// that is down between two instants.
  private static func world(
    down: Range<Timestamp>, until end: Duration, crashOneIn: Int = .max
  ) throws -> World {
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(1800))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("console"), Fixture.notifier("ops")])
    let page = WanderingPage(
      seed: 7, pairs: Fixture.pairs("KGS/USD", "KZT/USD"), step: .seconds(1800), failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start, page: page.callAsFunction)
    let chance = Chance(seed: 7)
    world.crashesNow = { _ in chance.oneIn(crashOneIn) }
    world.receiver = { notifier, _, now in
      notifier == "ops" && down.contains(now)
        ? .retry(because: "HTTP 503") : .delivered(detail: "HTTP 204")
    }
    world.run(until: Fixture.start + end)
    return world
  }

  @Test(
    "is disabled after 120 h, also with restarts, and the other notifiers are notified",
    arguments: [Int.max, 80])
  func disabled(crashOneIn: Int) throws {
    let world = try Self.world(
      down: Fixture.start..<(Fixture.start + Self.hour * 400), until: Self.hour * 150,
      crashOneIn: crashOneIn)
    let tries = world.arrivals.filter { $0.notifier == "ops" }.map(\.at)
    let first = try #require(tries.first)
    let last = try #require(tries.last)
    #expect(last - first >= Self.hour * 120)
    // The last attempts are ten hours apart; and a restart forgets how many in a row have failed.
    #expect(last - first < Self.hour * (crashOneIn == .max ? 132 : 145))
    let disabled = try #require(world.store.disabled["ops"])
    #expect(disabled.since - first >= Self.hour * 120)
    #expect(disabled.reason.hasSuffix(": HTTP 503"))
    #expect(world.store.open.allSatisfy { $0.notifier != "ops" })
    #expect(world.store.failing.isEmpty)
    let sent = world.store.events.filter {
      $0.notification.type == .notifierDisabled && $0.recipients == ["console"]
    }
    #expect(sent.map { $0.notification["reason"] } == [disabled.reason])
    #expect(sent.map { $0.notification["notifier"] } == ["ops"])
    let since = try #require(sent.first?.notification["failing_since"])
    #expect(disabled.reason == "no successful delivery since \(since): HTTP 503")
    #expect(world.arrivals.contains { $0.sequence == sent.first?.sequence && $0.wasTaken })
  }

  @Test("that recovers after a day and a half gets each event by itself or in a digest")
  func comesBack() throws {
    let outage = (Fixture.start + Self.hour * 10)..<(Fixture.start + Self.hour * 46)
    let world = try Self.world(down: outage, until: Self.hour * 60)
    let taken = world.arrivals.filter { $0.notifier == "ops" && $0.wasTaken }.map(\.sequence)
    #expect(Set(taken).count == taken.count)
    let digests = world.store.events.filter {
      $0.notification.type == .digest && taken.contains($0.sequence)
    }
    let inDigests = digests.flatMap { event in
      (event.notification.data["entries"]?.elements ?? []).compactMap { $0["id"]?.text }
    }
    let alone = world.store.events.filter {
      taken.contains($0.sequence) && $0.recipients.contains("ops")
        && $0.notification.type != .digest
    }.map(\.notification.id)
    let all = world.store.events.filter {
      $0.recipients.contains("ops") && $0.notification.type != .digest
    }
    #expect(Set(alone).isDisjoint(with: inDigests))
    #expect((alone + inDigests).sorted() == all.map(\.notification.id).sorted())
    #expect(inDigests.count > 10)
    #expect((1...2).contains(digests.count))
    #expect(world.store.failing.isEmpty)
    #expect(world.store.disabled.isEmpty)
    #expect(world.store.open.isEmpty)
  }

  @Test("is not disabled if it accepts one event in between")
  func successResets() throws {
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(1800))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("ops")])
    let page = WanderingPage(
      seed: 7, pairs: Fixture.pairs("KGS/USD"), step: .seconds(1800), failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start, page: page.callAsFunction)
    let good = (Fixture.start + Self.hour * 80)..<(Fixture.start + Self.hour * 94)
    world.receiver = { _, _, now in
      good.contains(now) ? .delivered(detail: "HTTP 204") : .retry(because: "HTTP 503")
    }
    world.run(until: Fixture.start + Self.hour * 210)
    #expect(world.store.disabled.isEmpty)
    #expect(try #require(world.store.failing["ops"]) >= good.upperBound)
    world.run(until: Fixture.start + Self.hour * 236)
    #expect(world.store.disabled["ops"] != nil)
  }

  @Test("never gets a newer event of a series before an older one", arguments: 1...4)
  func order(seed: UInt64) throws {
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(60))],
      rules: [try Fixture.rule("big-move", "abs(change) > 1%")],
      notifiers: [Fixture.notifier("ops")])
    let page = WanderingPage(
      seed: seed, pairs: Fixture.pairs("KGS/USD", "KZT/USD", "TJS/USD"), step: .seconds(120),
      failsOneIn: .max)
    var world = World(plan: plan, start: Fixture.start, page: page.callAsFunction)
    let chance = Chance(seed: seed)
    world.crashesNow = { _ in chance.oneIn(50) }
    world.receiver = { _, _, _ in
      chance.oneIn(3) ? .retry(because: "HTTP 500") : .delivered(detail: "HTTP 204")
    }
    world.run(until: Fixture.start + Self.hour * 12)
    let keys = Dictionary(grouping: world.arrivals.filter(\.wasTaken), by: \.orderingKey)
    for (_, arrivals) in keys {
      // Events repeated by a crash arrived before.
      var seen: Set<Int64> = []
      let firsts = arrivals.map(\.sequence).filter { seen.insert($0).inserted }
      #expect(firsts == firsts.sorted())
    }
    #expect(keys.count == 3)
  }
}
