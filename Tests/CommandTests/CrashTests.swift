import Dispatch
import FXCore
import Foundation
import Support
import Testing

@Suite("A daemon killed with SIGKILL", .timeLimit(.minutes(5)))
struct CrashTests {
  /// The number of kills.
  private static let kills = 20

  /// Sources that move at every poll, so that something is always under way.
  private static let sources = ["alpha", "beta", "gamma", "delta"]

  @Test("at any moment, again and again, loses no event and gives none two names", arguments: [7])
  func kills(seed: UInt64) async throws {
    var chance = SeededRandom(seed: seed)
    let page = try MovingPage()
    let first = try Receiver(Self.mischief(seed: seed))
    let second = try Receiver()
    let installation = try Installation()
    // Each life asks at addresses of its own: the last request of a killed one may be read when the
    // next one runs already, and its answer is not the next one's to know.
    func begin(_ life: Int) throws {
      try installation.configure(
        sources: Self.sources.map { ($0, Installation.ticker("\(page.url)/\(life)/\($0)")) },
        rules: [("moves", "{when: abs(change) > 1%}")],
        notifiers: [
          ("first", Installation.webhook(first.url)), ("second", Installation.webhook(second.url)),
        ])
    }

    for life in 0..<Self.kills {
      try begin(life)
      let daemon = try installation.start("run")
      switch life % 3 {
      case 0:
        // While it starts.
        await Self.moment(after: .milliseconds(Int.random(in: 20...500, using: &chance)))
      case 1:
        // While it polls, once or several times: what the poll before brought must be there.
        try await page.asked(in: life)
        await Self.moment(after: .milliseconds(Int.random(in: 0...2500, using: &chance)))
      default:
        // In the middle of a delivery.
        let count = second.posts.all.count + Int.random(in: 1...3, using: &chance)
        try await second.posts.wait(for: "a delivery") { $0.count >= count }
      }
      daemon.kill()
      #expect(try await daemon.ending().status == -SIGKILL)
    }

    page.freeze()
    first.recover()
    try begin(Self.kills)
    let daemon = try await installation.daemon()
    try await page.asked(twice: Self.sources, in: Self.kills)
    let history = try await installation.rows("history", "TJS/USD", "--versions")
    let printed = Dictionary(grouping: history) { $0["source"]?.text ?? "" }
      .mapValues { rows in rows.compactMap { $0["rate"]?.text } }
    let moves = printed.mapValues { $0.dropFirst() }
    let count = moves.values.reduce(0) { $0 + $1.count }
    try #require(count >= Self.kills)
    try await second.taken(count)
    try await first.taken(count)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)

    for (source, rates) in page.known() {
      #expect(rates.subtracting(printed[source] ?? []) == [], "lost of \(source), seed \(seed)")
    }
    let alerts = try await installation.rows("alerts", "--all")
    #expect(Set(alerts.compactMap { $0["alert_id"]?.text }).count == count)
    for receiver in [first, second] {
      let taken = receiver.taken
      #expect(
        Dictionary(grouping: taken) { $0["source"] ?? "" }.mapValues { $0.map(\.rate)[...] }
          == moves, "seed \(seed)")
      #expect(
        Set(taken.compactMap { $0["alert_id"] }) == Set(alerts.compactMap { $0["alert_id"]?.text }))
      let names = Dictionary(grouping: receiver.posts.all) { "\($0["source"] ?? "") \($0.rate)" }
      #expect(names.values.filter { Set($0.map(\.id)).count > 1 }.isEmpty, "seed \(seed)")
    }

    let told = [first, second].map(\.posts.all.count)
    try begin(Self.kills + 1)
    let again = try await installation.daemon()
    try await page.asked(twice: Self.sources, in: Self.kills + 1)
    again.signal(SIGTERM)
    #expect(try await again.ending().status == 0)
    #expect([first, second].map(\.posts.all.count) == told)
  }

  /// A receiver that fails each event at most once, and sometimes never answers.
  private static func mischief(seed: UInt64) -> Receiver.Answer {
    let chance = Locked(SeededRandom(seed: seed &+ 1))
    return { id, earlier in
      let mood = chance.withLock { Int.random(in: 0..<10, using: &$0) }
      if mood == 0 { return .silence }
      guard !earlier.contains(where: { $0.id == id }) else { return .answer(status: 204) }
      return switch mood {
      case 1, 2: .answer(status: 500)
      case 3: .closed
      case 4: .half(body: [1, 2, 3, 4])
      default: .answer(status: 204)
      }
    }
  }

  /// Comes back at a moment that has to do with nothing the daemon does.
  private static func moment(after delay: DispatchTimeInterval) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().asyncAfter(deadline: .now() + delay) { continuation.resume() }
    }
  }
}

/// Tickers that print another rate at every poll, until they are frozen: each far from the six before
/// it, so that every move fires however many rates were lost on the way.
private final class MovingPage: Sendable {
  private struct Visit: Sendable {
    let life: Int
    let source: String
    let rate: String
  }

  private struct State {
    var isFrozen = false
    var counts: [String: Int] = [:]
  }

  private let visits = EventLog<Visit>("the page")
  private let state: Locked<State>
  private let server: LoopbackServer

  var url: String { server.url }

  init() throws {
    let state = Locked(State())
    self.state = state
    let visits = visits
    server = try LoopbackServer { request in
      let path = request.target.split(separator: "/").map(String.init)
      guard path.count == 2, let life = Int(path[0]) else { return .text("no such page") }
      let source = path[1]
      let visit = state.withLock { state in
        if !state.isFrozen { state.counts[source, default: 0] += 1 }
        let count = state.counts[source] ?? 0
        let rate = "0.\(10000 * (1 + count % 7) + count)"
        return Visit(life: life, source: source, rate: rate)
      }
      visits.append(visit)
      return .text(Ticker(tjs: visit.rate).text)
    }
  }

  deinit { server.stop() }

  /// Moves no more.
  func freeze() { state.withLock { $0.isFrozen = true } }

  /// Comes back once that life has asked for anything.
  func asked(in life: Int) async throws {
    try await visits.wait(for: "a poll") { visits in visits.contains { $0.life == life } }
  }

  /// Comes back once that life has asked for every source twice: the first answer is then committed.
  func asked(twice sources: [String], in life: Int) async throws {
    try await visits.wait(for: "two polls of each source") { visits in
      sources.allSatisfy { source in
        visits.count { $0.life == life && $0.source == source } >= 2
      }
    }
  }

  /// The rates that must be in the history: after each of them, the same process polled again.
  func known() -> [String: Set<String>] {
    var known: [String: Set<String>] = [:]
    var last: [String: Visit] = [:]
    for visit in visits.all {
      if let before = last[visit.source], before.life == visit.life {
        known[visit.source, default: []].insert(before.rate)
      }
      last[visit.source] = visit
    }
    return known
  }
}
