import FXCore
import Foundation
import Support
import Testing

@Suite("A page that is not what the source prints", .timeLimit(.minutes(5)))
struct BadPageTests {
  /// A bad answer, and the reason in the log.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reply: LoopbackServer.Reply
    let sentence: String

    init(_ name: String, _ reply: LoopbackServer.Reply, _ sentence: String) {
      testDescription = name
      self.reply = reply
      self.sentence = sentence
    }
  }

  private static let title =
    "a timesca.com page with its ticker (lines like 'KGS/USD = 0.01144 0%')"
  private static let ticker = Ticker("20 February 2026", [("TJS/USD", "0.10563", "0%")])

  private static let cases: [Case] = [
    Case("an empty body", .text(""), "the body is empty, not \(title)"),
    Case(
      "a page that ends early",
      .text(String(ticker.html.prefix(700)), [.init("Content-Type", "text/html")]),
      "the page is truncated: it begins as HTML and has no end tag"),
    Case(
      "a body cut by the server", .half(body: Array(ticker.html.utf8)),
      "the connection broke: URL: the server closed the connection before the end of the body"),
    Case(
      "more than 4 MiB",
      .chunked(pieces: Array(repeating: Array(repeating: 0x20, count: 1 << 20), count: 5)),
      "the body is larger than 4 MiB"),
    Case(
      "a challenge page",
      .text(
        "<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>",
        [.init("Content-Type", "text/html")]),
      "the body is an HTML page titled 'Just a moment...' (a bot check), not"
        + " \(title)"),
    Case(
      "an unknown charset",
      .answer(body: ticker.text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }),
      "the body is binary data, not \(title)"),
    Case(
      "bytes that are no text",
      .answer(body: (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 151 | 0x80) }),
      "the body is binary data, not \(title)"),
    Case(
      "a number like 1e999", .text(Ticker(tjs: "1e999").text),
      "the ticker's TJS/USD cannot be read: '1e999' has more than 18 digits"),
    Case("a failing server", .text("down", status: 503), "the server answered HTTP 503"),
    Case(
      "a redirect elsewhere",
      .answer(status: 302, headers: [.init("Location", "http://elsewhere.example/")]),
      "the server redirects to elsewhere.example, which is not followed; list it under redirects: if"
        + " it is the publisher's"),
  ]

  @Test("costs one sentence, leaves history alone, and the next good page works", arguments: cases)
  func bad(page bad: Case) async throws {
    let server = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(server.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [("console", "{type: stdout}")])
    let daemon = try await installation.daemon()
    _ = await server.requests(atLeast: 2)
    server.answer { _ in bad.reply }
    let asked = server.requests.count
    _ = await server.requests(atLeast: asked + 2)
    let history = try await installation.rows("history", "TJS/USD", "--versions")
    server.answer(page: Ticker(tjs: "0.12000").text)
    try await daemon.output.wait(for: "the alert") { lines in
      lines.contains { $0.contains("TJS/USD at timesca: 0.10000 → 0.12000") }
    }
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()

    #expect(ending.status == 0)
    #expect(history.map { $0["rate"]?.text } == ["0.10000"])
    let log = ending.errors.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1)[1] }
    #expect(
      log.filter { $0.hasPrefix("warning:") } == [
        "warning: timesca: \(bad.sentence.replacing("URL", with: server.url))"
      ])
    #expect(log.count { $0.hasPrefix("notice: timesca: works again after ") } == 1)
    #expect(log.count { $0.hasPrefix("info: timesca: publication ") } == 2)
  }
}
