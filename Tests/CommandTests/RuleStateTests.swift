import FXCore
import Glibc
import Support
import Testing

@Suite("A rule on a state", .timeLimit(.minutes(5)))
struct RuleStateTests {
  /// Runs one rule over successive rates, each once the one before was polled twice, and returns the
  /// first `count` events.
  private func events(
    _ rule: String, over rates: [String], count: Int
  ) async throws -> [Receiver.Post] {
    let page = try LoopbackServer(page: Ticker(tjs: rates[0]).text)
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))], rules: [("rule", rule)],
      notifiers: [("ops", Installation.webhook(receiver.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    for rate in rates.dropFirst() {
      page.answer(page: Ticker(tjs: rate).text)
      let asked = page.requests.count
      _ = await page.requests(atLeast: asked + 2)
    }
    try await receiver.taken(count)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    return receiver.posts.all
  }

  /// Returns the time from the first sight of an event's rate to the event.
  private static func age(of event: Receiver.Post) throws -> Duration {
    let seen = try #require(event["observed_at"].flatMap { Timestamp(text: $0) })
    let sent = try #require(event.payload["timestamp"]?.text.flatMap { Timestamp(text: $0) })
    return sent - seen
  }

  @Test("fires when it has held on as many publications as `for` requires, and is resolved once")
  func publications() async throws {
    let events = try await events(
      "{when: rate > 0.11, for: 2}",
      over: ["0.10000", "0.12000", "0.10500", "0.12000", "0.13000", "0.14000", "0.10000"], count: 2)
    #expect(
      events.map { "\($0.type) \($0.rate)" } == ["alert.firing 0.13000", "alert.resolved 0.10000"])
    #expect(events.first?["alert_id"] == events.last?["alert_id"])
    #expect(events.map { $0["kind"] } == ["state", "state"])
  }

  @Test("fires when it has held as long as `for` requires, though nothing is published then")
  func time() async throws {
    let events = try await events(
      "{when: rate > 0.11, for: 2s}", over: ["0.10000", "0.12000"], count: 1)
    #expect(events.map { "\($0.type) \($0.rate)" } == ["alert.firing 0.12000"])
    #expect(try Self.age(of: try #require(events.first)) >= .seconds(2))
  }

  @Test("ends by its own `release` and not before")
  func release() async throws {
    let events = try await events(
      "{when: rate > 0.12, release: rate < 0.11}",
      over: ["0.13000", "0.11500", "0.13000", "0.10500"], count: 2)
    #expect(
      events.map { "\($0.type) \($0.rate)" } == ["alert.firing 0.13000", "alert.resolved 0.10500"])
  }

  @Test("on age fires by the clock, and is resolved by the next publication")
  func age() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))], rules: [("old", "{when: age > 3s}")],
      notifiers: [("ops", Installation.webhook(receiver.url))])
    let daemon = try await installation.daemon()
    try await receiver.taken(1)
    page.answer(page: Ticker(tjs: "0.12000").text)
    let taken = try await receiver.taken(2)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    // Where stopping takes more than 3 s, it fires again.
    #expect(
      taken.prefix(2).map { "\($0.type) \($0.rate)" }
        == ["alert.firing 0.10000", "alert.resolved 0.12000"])
    #expect(try Self.age(of: try #require(taken.first)) >= .seconds(3))
  }
}
