import FXCore
import Foundation
import Support
import Testing

@Suite("A page of which thousands of alerts come", .timeLimit(.minutes(5)))
struct LargePageTests {
  @Test("is one publication and sent whole, each alert once, also by a daemon killed half way")
  func killedInItsMidst() async throws {
    let page = try LargePage()
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [
        (
          "bank",
          "{url: \"\(page.url)\", allow_private: true, format: csv, every: 1s, base: base, "
            + "quote: quote, rate: rate}"
        )
      ], rules: [("moved", "{when: abs(change) > 1%}")],
      notifiers: [("ops", Installation.webhook(receiver.url))])

    let first = try await installation.daemon()
    try await page.asked(2)
    page.move()
    try await receiver.taken(1)
    first.kill()
    #expect(try await first.ending().status == -SIGKILL)
    let before = try await installation.rows("alerts", "--all")
    #expect(before.count < LargePage.pairs.count)

    let second = try await installation.daemon()
    let taken = try await receiver.taken(LargePage.pairs.count)
    try await page.asked(2)
    second.signal(SIGTERM)
    #expect(try await second.ending().status == 0)

    #expect(taken.map(\.pair).sorted() == LargePage.pairs.sorted())
    let alerts = try await installation.rows("alerts", "--all")
    #expect(
      Set(alerts.compactMap { $0["alert_id"]?.text }) == Set(taken.compactMap { $0["alert_id"] }))
    #expect(alerts.count == LargePage.pairs.count)
    var moments: Set<[String]> = []
    for pair in [LargePage.pairs.first, LargePage.pairs.last] {
      let rows = try await installation.rows("history", try #require(pair), "--versions")
      moments.insert(rows.compactMap { $0["first_seen"]?.text })
    }
    // The first line and the last one, which the second daemon took in, were seen at the same moments.
    #expect(moments.count == 1)
    #expect(moments.first?.count == 2)
  }
}

/// A page of three thousand pairs, all of which move at once.
private final class LargePage: Sendable {
  static let pairs: [String] = {
    let codes = CurrencyRegistry.active.map(\.code)
    return codes.flatMap { base in codes.compactMap { base == $0 ? nil : "\(base)/\($0)" } }
      .prefix(3000).map(\.self)
  }()

  private let hasMoved: Locked<Bool>
  private let visits = EventLog<Bool>("the page")
  private let server: LoopbackServer

  var url: String { server.url }

  init() throws {
    let hasMoved = Locked(false)
    self.hasMoved = hasMoved
    let visits = visits
    server = try LoopbackServer { request in
      let moved = hasMoved.withLock { $0 }
      visits.append(moved)
      let tag = moved ? "\"moved\"" : "\"still\""
      if request.header("if-none-match") == tag { return .answer(status: 304) }
      let lines = Self.pairs.map { pair in
        pair.replacing("/", with: ",") + (moved ? ",1.5350" : ",1.5000")
      }
      return .answer(
        status: 200, headers: [.init("Content-Type", "text/csv"), .init("ETag", tag)],
        body: Array(("base,quote,rate\n" + lines.joined(separator: "\n") + "\n").utf8))
    }
  }

  deinit { server.stop() }

  /// From now on every rate is another one.
  func move() { hasMoved.withLock { $0 = true } }

  /// Comes back once it was asked so often more.
  func asked(_ times: Int) async throws {
    let count = visits.all.count + times
    try await visits.wait(for: "\(times) polls") { $0.count >= count }
  }
}
