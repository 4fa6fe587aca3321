import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

@Suite("A receiver that limits its pace")
struct LimitedReceiverTests {
  /// The pairs of a page that all move at once.
  private static let pairs: [CurrencyPair] = {
    let bases = [
      "EUR", "GBP", "CHF", "JPY", "CNY", "KZT", "KGS", "UZS", "TJS", "TRY", "AUD", "CAD",
    ]
    let quotes = ["USD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "INR", "BRL"]
    let all = bases.flatMap { base in quotes.compactMap { CurrencyPair("\(base)/\($0)") } }
    return Array(all.prefix(118))
  }()

  private static let move = Fixture.start + .seconds(60)

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

  /// A world in which 118 pairs move at once; the last one is critical.
  private static func world(
    receiver: @escaping @Sendable (Timestamp) -> DeliveryOutcome
  ) throws -> World {
    let last = try #require(pairs.last)
    var move = try Fixture.rule("big-move", "abs(change) > 1%")
    move.pairs = pairs.dropLast().compactMap { PairPattern("\($0)") }
    var worst = try Fixture.rule("worst", "abs(change) > 2%")
    worst.pairs = [try #require(PairPattern("\(last)"))]
    worst.severity = .critical
    let plan = Plan(
      sources: [Fixture.source("timesca", every: .seconds(60))],
      rules: [move, worst],
      notifiers: [Fixture.notifier("slack")])
    var world = World(plan: plan, start: Fixture.start, page: page)
    world.receiver = { _, _, now in receiver(now) }
    return world
  }

  @Test("gets a backlog in about the time that its limit allows, the most severe first")
  func drains() throws {
    let bucket = TokenBucket(burst: 4, interval: .seconds(1))
    var world = try Self.world {
      bucket.takes(at: $0)
        ? .delivered(detail: "HTTP 200")
        : .limited(because: "HTTP 429: ratelimited", after: .seconds(10))
    }
    world.run(until: Fixture.start + .seconds(1800))
    let taken = world.arrivals.filter(\.wasTaken)
    #expect(taken.count == 118)
    #expect(Set(taken.map(\.sequence)).count == 118)
    for (_, arrivals) in Dictionary(grouping: world.arrivals, by: \.sequence) {
      #expect(Set(arrivals.map(\.id)).count == 1)
    }
    let first = try #require(taken.first)
    // The limit allows 4 at once and one a second.
    let needed = try #require(taken.last).at - first.at
    #expect(needed >= .seconds(118 - 4 - 1))
    #expect(needed < .seconds(200))
    #expect(world.arrivals.count - taken.count < 20)
    #expect(
      world.store.events[Int(first.sequence) - 1].notification["rule"] == "worst")
    #expect(world.store.open.isEmpty)
    #expect(world.store.failing.isEmpty)
  }

  @Test("that takes one an hour loses no event, and none fails for good because of the wait")
  func slowly() throws {
    let bucket = TokenBucket(burst: 1, interval: .seconds(3600))
    var world = try Self.world {
      bucket.takes(at: $0) ? .delivered(detail: "HTTP 200") : .limited(because: "HTTP 429")
    }
    world.run(until: Fixture.start + .seconds(20 * 3600))
    let taken = world.arrivals.filter(\.wasTaken).map(\.sequence)
    #expect(taken.count >= 18)
    #expect(world.store.open.count + taken.count == 118)
    #expect(
      world.store.deliveryResults.allSatisfy { $0.state != .dead && $0.attempts <= 1 })
  }

  @Test("is disabled after 120 h without a success, as one that fails")
  func never() throws {
    var world = try Self.world { _ in .limited(because: "HTTP 429", after: .seconds(3600)) }
    world.run(until: Fixture.start + .seconds(119 * 3600))
    #expect(world.store.disabled.isEmpty)
    // One digest of those that have expired waits, not one for each.
    #expect(world.store.open.count == 1)
    world.run(until: Fixture.start + .seconds(124 * 3600))
    #expect(world.store.disabled["slack"] != nil)
  }
}
