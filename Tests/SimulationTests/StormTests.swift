import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A storm of ten thousand alerts to a chat that limits its pace")
struct StormTests {
  private static let pairs: [CurrencyPair] = {
    let bases = ["EUR", "GBP", "CHF", "JPY", "CNY", "KZT", "KGS", "UZS", "TJS", "TRY"]
    let quotes = ["USD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "INR", "BRL"]
    return bases.flatMap { base in quotes.compactMap { CurrencyPair("\(base)/\($0)") } }
  }()

  private static let rulesOfPair = 100
  private static let count = 10_000
  private static let move = Fixture.start + .seconds(60)
  private static let retryAfter: Duration = .seconds(30)

  @Sendable private static func page(_: SourceName, _ now: Timestamp) -> FetchOutcome {
    let coefficient: Int64 = now < move ? 100_000 : 103_000
    return .read(
      SourceReading(
        valueDate: now.day,
        observations: pairs.compactMap { pair in
          ExactDecimal(coefficient: coefficient, scale: 5).flatMap { Rate(printed: $0) }
            .map { Observation(pair: pair, rate: $0) }
        }), bodyHash: "\(coefficient)", validators: nil)
  }

  /// A world in which 100 rules fire on each of 100 pairs at once; the chat takes 4 messages at once and
  /// one a second.
  private static func world(deliverWithin: Duration) throws -> World {
    let rules = try (1...rulesOfPair).map { try Fixture.rule("move-\($0)", "abs(change) > 1%") }
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(60))], rules: rules,
      notifiers: [
        PlannedNotifier(
          name: "slack", fingerprint: "slack", deliverWithin: deliverWithin)
      ])
    let bucket = TokenBucket(burst: 4, interval: .seconds(1))
    var world = World(plan: plan, start: Fixture.start, page: page)
    world.receiver = { _, _, now in
      bucket.takes(at: now)
        ? .delivered(detail: "HTTP 200")
        : .limited(because: "HTTP 429: ratelimited", after: retryAfter)
    }
    return world
  }

  /// Checks that nothing was sent while the chat had asked for a pause, but for what was under way.
  private static func expectPauses(in world: World) {
    let instants = world.arrivals.map(\.at)
    for refusal in world.arrivals where !refusal.wasTaken {
      let early = instants.filter {
        $0 > refusal.at + .seconds(1) && $0 < refusal.at + retryAfter
      }
      #expect(early.isEmpty, "\(refusal.at): \(early.count)")
    }
  }

  @Test("loses none: what is not sent within deliver_within is in a digest, and limits are obeyed")
  func separately() throws {
    var world = try Self.world(deliverWithin: .seconds(3600))
    world.run(until: Fixture.start + .seconds(2 * 3600))
    let alerts = world.store.events.filter { $0.notification.type == .alertFiring }
    #expect(alerts.count == Self.count)
    let taken = Set(world.arrivals.filter(\.wasTaken).map(\.sequence))
    let digests = world.store.events.filter {
      $0.notification.type == .digest && taken.contains($0.sequence)
    }
    let alone = alerts.filter { taken.contains($0.sequence) }
    let counted = digests.compactMap { $0.notification["events"].flatMap { Int($0) } }
    // The limit allows some 3600 in an hour; each attempt beyond it costs half a minute, as the chat asks.
    #expect((1000...3610).contains(alone.count), "\(alone.count)")
    #expect(alone.count + counted.reduce(0, +) == Self.count, "\(alone.count) \(counted)")
    let listed = digests.flatMap { digest in
      (digest.notification.data["entries"]?.elements ?? []).compactMap { $0["id"]?.text }
    }
    #expect(Set(listed).isDisjoint(with: alone.map(\.notification.id)))
    #expect(world.arrivals.count { $0.wasTaken } == taken.count)
    #expect(world.arrivals.count { !$0.wasTaken } < 100)
    Self.expectPauses(in: world)
    #expect(world.store.open.isEmpty)
    #expect(world.store.failing.isEmpty)
    #expect(world.store.disabled.isEmpty)
  }
}
