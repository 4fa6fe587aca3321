import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite("A receiver in trouble", .timeLimit(.minutes(20)))
struct ReceiverTests {
  /// The rates of a page that changes three times.
  private static let rates = ["0.10000", "0.12000", "0.15000", "0.19000"]

  /// The patience with a receiver: on a machine so busy that a second attempt fails too, the third
  /// comes after five minutes.
  private static let patience: Duration = .seconds(480)

  @Test("gets every event in order once it is well, and delays no other")
  func troubles() async throws {
    let gate = Gate()
    let free = try LoopbackServer { _ in .closed }
    free.stop()
    let well = try Receiver()
    let slow = try Receiver { _, _ in
      gate.pass()
      return .answer(status: 204)
    }
    // Each fails once: the next attempt comes after 5 s, the one after that would after 5 min.
    let failing = try Self.once(.answer(status: 500))
    let moved = try Self.once(.answer(status: 301, headers: [.init("Location", "/new")]))
    let closing = try Self.once(.closed)
    let page = try LoopbackServer(page: Ticker(tjs: Self.rates[0]).text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("down", Installation.webhook("\(free.url)/hook")),
        ("slow", Installation.webhook(slow.url)), ("failing", Installation.webhook(failing.url)),
        ("moved", Installation.webhook(moved.url)),
        ("closing", Installation.webhook(closing.url)), ("well", Installation.webhook(well.url)),
      ])
    let daemon = try await installation.daemon()
    try await Self.move(page, to: 1, until: well)
    try await daemon.errors.wait(for: "a failure to connect") { lines in
      lines.contains { $0.contains("warning: down: event 1 not delivered") }
    }
    let down = try Receiver(port: free.port)
    try await Self.move(page, to: 2, until: well)
    try await Self.move(page, to: 3, until: well)
    #expect(well.taken.map(\.rate) == Array(Self.rates.dropFirst()))
    #expect(slow.posts.all.isEmpty)
    gate.open()
    for receiver in [down, slow, failing, moved, closing] {
      try await receiver.taken(3, patience: Self.patience)
    }
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()

    #expect(ending.status == 0)
    for receiver in [down, slow, failing, moved, closing] {
      #expect(receiver.taken.map(\.rate) == Array(Self.rates.dropFirst()))
      #expect(receiver.taken.map(\.id) == well.taken.map(\.id))
    }
    for receiver in [failing, moved, closing] {
      #expect(receiver.posts.all.map(\.rate) == [Self.rates[1]] + Self.rates.dropFirst())
    }
    #expect(Set(moved.posts.all.map(\.target)) == ["/hook"])
    let log = ending.errors.split(separator: "\n")
    for (name, reason) in [
      ("down", "cannot connect: "), ("failing", "HTTP 500"),
      ("moved", "HTTP 301: redirects are not followed"), ("closing", "the connection failed: "),
    ] {
      #expect(log.count { $0.contains("warning: \(name): event 1 not delivered: \(reason)") } == 1)
      #expect(log.count { $0.contains("notice: \(name): delivers again after") } == 1)
    }
  }

  @Test("that never answers delays none of fifty others, all of them on one host")
  func oneOfFifty() async throws {
    let taken = EventLog<String>("the receivers")
    let host = try LoopbackServer { request in
      guard request.target != "/0" else { return .silence }
      taken.append("\(request.target) \(request.header("webhook-id") ?? "")")
      return .answer(status: 204)
    }
    let pairs = ["AUD", "CAD", "CHF", "EUR", "GBP", "JPY", "KGS", "KZT", "NZD", "TJS"]
    func ticker(_ rate: String) -> String {
      Ticker(nil, pairs.map { ("\($0)/USD", rate, "0%") }).text
    }
    let page = try LoopbackServer(page: ticker("0.10000"))
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: (0...50).map { ("to-\($0)", Installation.webhook("\(host.url)/\($0)")) })
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: ticker("0.12000"))
    let lines = try await taken.first(50 * pairs.count)
    daemon.signal(SIGKILL)
    let log = try await daemon.errors.whole()
    // Nobody waited for the one so long that an attempt was given up.
    #expect(Set(lines).count == 50 * pairs.count)
    #expect(log.filter { $0.contains("not delivered") && !$0.contains(" to-0: ") } == [])
  }

  @Test("that answers 429 gets the time it asks for")
  func tooManyRequests() async throws {
    let busy = try Receiver { _, _ in
      .answer(status: 429, headers: [.init("Retry-After", "90")])
    }
    let well = try Receiver()
    let page = try LoopbackServer(page: Ticker(tjs: Self.rates[0]).text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("busy", Installation.webhook(busy.url)), ("well", Installation.webhook(well.url)),
      ])
    let daemon = try await installation.daemon()
    for index in 1...3 { try await Self.move(page, to: index, until: well) }
    let postponed = "busy: event 1 not delivered: HTTP 429; next attempt at "
    let line = try await daemon.errors.wait(for: postponed) { lines in
      lines.contains { $0.contains(postponed) }
    }.first { $0.contains(postponed) }
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let words = try #require(line).split(separator: " ")
    let written = try #require(words.first.flatMap { Timestamp(text: $0) })
    let next = try #require(words.last.flatMap { Timestamp(text: $0) })
    // At most a tenth more than what it asks for.
    #expect(next - written > .seconds(75) && next - written <= .seconds(99))
    #expect(busy.posts.all.count == 1)
  }

  @Test("that answers 410 is disabled, and the others are notified")
  func gone() async throws {
    let gone = try Receiver { _, _ in .answer(status: 410) }
    let well = try Receiver()
    let page = try LoopbackServer(page: Ticker(tjs: Self.rates[0]).text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("gone", Installation.webhook(gone.url)), ("well", Installation.webhook(well.url)),
      ])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: Self.rates[1]).text)
    try await well.taken(2)
    page.answer(page: Ticker(tjs: Self.rates[2]).text)
    try await well.taken(3)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let again = try await installation.daemon()
    page.answer(page: Ticker(tjs: Self.rates[3]).text)
    let taken = try await well.taken(4)
    again.signal(SIGTERM)
    #expect(try await again.ending().status == 0)
    #expect(gone.posts.all.count == 1)
    #expect(
      taken.map { $0.type == "notifier.disabled" ? $0["summary"] ?? "" : $0.rate } == [
        "0.12000",
        "notifier 'gone' is disabled: its endpoint answered 410 Gone; 1 of its events are kept as"
          + " dead letters; correct its settings and reload, or replay them with"
          + " 'fxwatch deliveries replay' once it works again", "0.15000", "0.19000",
      ])
  }

  /// A receiver that answers the first request so, and takes what comes after it.
  private static func once(_ reply: LoopbackServer.Reply) throws -> Receiver {
    try Receiver { _, earlier in earlier.isEmpty ? reply : .answer(status: 204) }
  }

  /// Changes the page to a rate, once the one before is stored, and waits for the receiver.
  private static func move(
    _ page: LoopbackServer, to index: Int, until receiver: Receiver
  ) async throws {
    if index == 1 { _ = await page.requests(atLeast: 2) }
    page.answer(page: Ticker(tjs: rates[index]).text)
    try await receiver.taken(index)
  }
}

/// A gate that suspends tasks until it is opened.
final class Gate: Sendable {
  private let condition = NSCondition()
  private let isOpen = Locked(false)

  /// Blocks the thread until the gate is open.
  func pass() {
    condition.withLock {
      while !isOpen.withLock({ $0 }) { condition.wait() }
    }
  }

  /// Lets everybody pass from now on.
  func open() {
    condition.withLock {
      isOpen.withLock { $0 = true }
      condition.broadcast()
    }
  }
}
