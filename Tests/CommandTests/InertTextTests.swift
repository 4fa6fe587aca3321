import FXCore
import Foundation
import Support
import Testing

@Suite("Characters that act on a terminal", .timeLimit(.minutes(5)))
struct InertTextTests {
  /// Controls of both kinds, marks and controls of direction, separators.
  private static let harmful =
    "\u{1B}[31m\u{7}\u{9B}31m\u{85}\u{200E}\u{200F}\u{61C}\u{202E}\u{2066}\u{2069}\u{2028}\u{2029}"

  /// The characters that no output may contain as they are.
  private static let characters = Set(
    harmful.unicodeScalars.filter { !$0.isASCII || $0.value < 0x20 })

  /// A body with a harmful printed change.
  private static func page(_ rate: String) -> LoopbackServer.Reply {
    let row = JSONValue.object([
      .init("q", .string("KGS")), .init("v", .string(rate)),
      .init("c", .string("=\(Self.harmful)1")),
    ])
    return .text(JSONValue.object([.init("rows", .array([row]))]).description)
  }

  @Test("leave no output as they are, from a headline, a printed change, a title or a summary")
  func nowhere() async throws {
    let bank = try LoopbackServer { _ in Self.page("87.10") }
    let wrong = try LoopbackServer(
      page: "<html><title>\(Self.harmful)title</title><body></body></html>")
    var ticker = Ticker(tjs: "0.10000")
    ticker.headline = "A headline \(Self.harmful)"
    let news = try LoopbackServer(page: ticker.text)
    let receiver = try LoopbackServer { _ in .text("taken \(Self.harmful)") }
    let installation = try Installation()
    let file = installation.scratch.file("events.jsonl")
    let script = try installation.scratch.write(
      "#!/bin/sh\ncat >> \(installation.scratch.file("input"))\n"
        + "env >> \(installation.scratch.file("environment"))\n", to: "script")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
    let described =
      "every: 1s, allow_private: true, format: json, rows: rows, base: USD, quote: q, rate: v,"
      + " change: c"
    try installation.configure(
      sources: [
        ("bank", "{url: \"\(bank.url)\", \(described)}"),
        ("wrong", "{url: \"\(wrong.url)\", \(described)}"),
        ("news", Installation.ticker(news.url)),
      ],
      rules: [
        ("moves", "{when: abs(change) > 0.0001%, summary: \"{pair} \\u202e\\u009b moved\"}")
      ],
      notifiers: [
        ("text", "{type: stdout}"), ("json", "{type: stdout, format: json}"),
        ("logfmt", "{type: stdout, format: logfmt}"), ("file", "{type: file, path: \(file)}"),
        ("command", "{type: command, command: \(script)}"),
        ("hook", Installation.webhook(receiver.url)),
        ("pager", "{type: pagerduty, url: \"\(receiver.url)\", routing_key: {file: KEY}}"),
        ("cloud", "{type: cloudevents, url: \"\(receiver.url)\"}"),
      ].map {
        ($0.0, $0.1.replacing("KEY", with: installation.scratch.file("key")))
      })
    try installation.scratch.write("0123456789abcdef0123456789abcdef", to: "key")
    let daemon = try await installation.daemon()
    _ = await news.requests(atLeast: 2)
    _ = await bank.requests(atLeast: 2)
    ticker.entries = Ticker(tjs: "0.12000").entries
    news.answer(page: ticker.text)
    bank.answer { _ in Self.page("87.90") }
    _ = await receiver.requests(atLeast: 6)
    var texts: [(String, String)] = []
    for command in [
      ["poll", "bank"], ["poll", "bank", "--explain"], ["poll", "news"], ["poll", "wrong"],
      ["history", "USD/KGS"], ["alerts", "--all"], ["deliveries", "list"], ["rates"], ["status"],
    ] {
      for format in ["table", "json", "csv"] {
        let ending = try await installation.command(command + ["--format", format])
        texts.append(("\(command.joined(separator: " ")) \(format)", ending.output + ending.errors))
      }
    }
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()
    texts += [("the log", ending.errors), ("standard output", ending.output)]
    texts += receiver.requests.map { ("the body \($0.text.prefix(40))", $0.text) }
    for name in ["events.jsonl", "input", "environment"] {
      let text = try String(contentsOfFile: installation.scratch.file(name), encoding: .utf8)
      texts.append((name, text))
    }
    #expect(ending.errors.contains(#"\u{202e}"#))
    #expect(receiver.requests.contains { $0.text.contains(#"\u009b"#) })
    #expect(texts.contains { $0.0 == "poll bank csv" && $0.1.contains(",'=[31m31m 1,") })
    for (place, text) in texts {
      let found = text.unicodeScalars.filter { Self.characters.contains($0) }
      #expect(found.isEmpty, "\(place): \(found.map { String($0.value, radix: 16) })")
    }
  }
}
