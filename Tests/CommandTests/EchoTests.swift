import FXCore
import Foundation
import Support
import Testing

@Suite("A secret that a publisher quotes", .timeLimit(.minutes(5)))
struct EchoTests {
  private static let key = "pl4nted k3y/with+sign&more"

  /// The key in the spellings of the answers, of which none may be shown.
  private static let spellings = [
    key, "pl4nted%20k3y%2Fwith%2Bsign%26more", "pl4nted+k3y%2fwith%2bsign%26more",
    #"pl4nted k3y\/with+sign&more"#, "pl4nted k3y/with+sign&amp;more",
    Data(key.utf8).base64EncodedString(),
  ]

  /// A body that the source reads, with any text as the printed change.
  private static func page(_ change: String, rate: Int) -> LoopbackServer.Reply {
    let row = JSONValue.object([
      .init("q", .string("KGS")), .init("v", .string("87.\(rate)")), .init("c", .string(change)),
    ])
    return .text(
      JSONValue.object([.init("rows", .array([row]))]).description,
      [.init("ETag", "\"\(change)-\(rate)\""), .init("Last-Modified", change)])
  }

  /// Answers that are errors, each with a spelling of the key.
  private static func errors(_ text: String) -> [LoopbackServer.Reply] {
    func json(_ members: [(String, JSONValue)]) -> LoopbackServer.Reply {
      .text(JSONValue.object(members.map { .init($0.0, $0.1) }).description)
    }
    func row(_ name: String) -> LoopbackServer.Reply {
      let fields = ["q", "v"].map { name == $0 ? text : $0 == "q" ? "KGS" : "87.1" }
      return json([
        (
          "rows",
          .array([.object([.init("q", .string(fields[0])), .init("v", .string(fields[1]))])])
        )
      ])
    }
    return [
      json([("error", .object([.init("info", .string("Invalid key \(text)"))]))]),
      json([("error", .string(text))]), json([(text, .null)]), row("q"), row("v"),
      .text("<html><title>\(text)</title></html>", [.init("Content-Type", "text/html")]),
      .text("denied to \(text)", status: 403), .text("plain \(text)"),
      .answer(status: 301, headers: [.init("Location", "ftp://evil.example/\(text)")]),
    ]
  }

  @Test("is in no log, output, file of the state directory or answer of a command, in any spelling")
  func nowhere() async throws {
    let turns = Locked(0)
    let replies = Self.spellings.enumerated().flatMap { index, text in
      [Self.page(text, rate: 10 + index)] + Self.errors(text)
    }
    let server = try LoopbackServer { request in
      guard request.target.hasPrefix("/poll") else {
        let turn = turns.withLock { turn in
          turn += 1
          return turn - 1
        }
        return replies[turn % replies.count]
      }
      return Self.page("?key=\(Self.key)", rate: 99)
    }
    let receiver = try LoopbackServer { .text("\($0.target) \($0.text)") }
    let installation = try Installation()
    let path = try installation.scratch.write("\(Self.key)\n", to: "key")
    func source(_ path: String) -> String {
      "{url: \"\(server.url)/\(path)?key={key}\", headers: {X-Key: \"{key}\"}, every: 1s,"
        + " allow_private: true, format: json, rows: rows, base: USD, quote: q, rate: v, change: c,"
        + " error: error, key: {file: KEY}}"
    }
    try installation.configure(
      sources: [
        ("bank", source("").replacing("KEY", with: path)),
        ("polled", source("poll").replacing("KEY", with: path)),
      ],
      rules: [("moves", "{when: abs(change) > 0.0001%}")],
      notifiers: [
        ("console", "{type: stdout}"), ("json", "{type: stdout, format: json}"),
        ("hook", Installation.webhook(receiver.url + "/hook")),
      ])
    let daemon = try await installation.daemon()
    for _ in 0..<2 { _ = await server.requests(atLeast: server.requests.count + 12) }
    var texts: [(String, String)] = []
    for arguments in [
      ["poll", "polled"], ["poll", "polled", "--format", "json"], ["poll", "polled", "--explain"],
      ["poll", "polled", "--explain", "--format", "json"], ["poll", "bank"],
      ["poll", "bank", "--explain"], ["rates"], ["rates", "--format", "json"],
      ["history", "USD/KGS", "--format", "json"], ["deliveries", "list", "--format", "json"],
      ["alerts", "--all", "--format", "json"], ["status", "--format", "json"], ["check"],
    ] {
      let ending = try await installation.command(arguments)
      texts.append((arguments.joined(separator: " "), ending.output + ending.errors))
    }
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()
    texts += [("the log", ending.errors), ("standard output", ending.output)]
    texts += receiver.requests.map { ("a webhook", $0.text) }
    let state = installation.scratch.file("state")
    for name in try FileManager.default.contentsOfDirectory(atPath: state) {
      let bytes = try Data(contentsOf: URL(filePath: "\(state)/\(name)"))
      texts.append((name, String(decoding: bytes, as: UTF8.self)))
    }
    #expect(ending.errors.contains("[secret]"))
    #expect(texts.contains { $0.0.hasPrefix("history") && $0.1.contains("[secret]") })
    for (place, text) in texts {
      for secret in ["pl4nted", "k3y/with", "k3y%2", "cGw0bnRl"] {
        #expect(!text.lowercased().contains(secret.lowercased()), "\(place)")
      }
    }
  }

  @Test("is not in the name of a host that the publisher redirects to")
  func host() async throws {
    let server = try LoopbackServer { _ in
      .answer(status: 302, headers: [.init("Location", "http://a.PL4NTED-k3y.example/")])
    }
    let installation = try Installation()
    let path = try installation.scratch.write("pl4nted-k3y\n", to: "key")
    try installation.configure(sources: [
      (
        "bank",
        "{url: \"\(server.url)/{key}\", every: 1s, allow_private: true, format: json,"
          + " key: {file: \(path)}}"
      )
    ])
    let ending = try await installation.command("poll", "bank")
    #expect(ending.status == 1)
    #expect(
      ending.errors
        == "bank: the server redirects to a.[secret].example, which is not followed; list it under"
        + " redirects: if it is the publisher's\n")
  }

  @Test("does not follow a redirect to another port in a header")
  func redirect() async throws {
    let other = try LoopbackServer { _ in Self.page("0", rate: 10) }
    let server = try LoopbackServer { _ in
      .answer(status: 302, headers: [.init("Location", other.url + "/")])
    }
    let installation = try Installation()
    let path = try installation.scratch.write("\(Self.key)\n", to: "key")
    try installation.configure(sources: [
      (
        "bank",
        "{url: \"\(server.url)/\", headers: {X-Key: \"{key}\"}, every: 1s, allow_private: true,"
          + " format: json, rows: rows, base: USD, quote: q, rate: v, key: {file: \(path)}}"
      )
    ])
    let ending = try await installation.command("poll", "bank")
    #expect(ending.status == 0)
    #expect(server.requests.first?.header("X-Key") == Self.key)
    #expect(other.requests.map { $0.header("X-Key") } == [nil])
  }
}
