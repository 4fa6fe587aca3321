import FXCore
import Foundation
import Support
import Testing

@Suite("A secret", .timeLimit(.minutes(5)))
struct SecretTests {
  /// The planted secrets, in places of every kind: 24 bytes as base64, a word in an address, a token, a
  /// password.
  private static let key = "cGxhbnRlZC1zZWNyZXQta2V5LW9mLTMyLWJ5dGVzISE="
  private static let word = "pl4nted-w0rd"
  private static let token = "123456:pl4nted-b0t-t0ken"
  private static let password = "pl4nted-pa55word"
  private static let planted = [key, word, "pl4nted-b0t-t0ken", password, "pl4nted"]

  @Test(
    "is in no log, error, output, payload, process table or database, whatever receivers answer")
  func nowhere() async throws {
    // It answers with the whole request, in turn refusing, redirecting and accepting.
    let turns = Locked(0)
    let server = try LoopbackServer { request in
      let echo =
        [request.target] + request.headers.map { "\($0.name): \($0.value)" }
        + [String(decoding: request.body, as: UTF8.self)]
      let status = turns.withLock { turn in
        turn += 1
        return [500, 302, 200][turn % 3]
      }
      return .answer(
        status: status, headers: [.init("Location", request.target)],
        body: Array(echo.joined(separator: " ").utf8))
    }
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation()
    let files = [
      "key": "whsec_\(Self.key)", "bearer": "Bearer \(Self.word)", "bot": Self.token,
      "url": "\(server.url)/\(Self.word)", "word": "pl4nted_w0rd", "password": Self.password,
    ]
    var paths: [String: String] = [:]
    for (name, text) in files {
      paths[name] = try installation.scratch.write("\(text)\n", to: "secret-\(name)")
    }
    func file(_ name: String) -> String { "{file: \(paths[name] ?? "")}" }
    try installation.configure(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        (
          "hook",
          "{type: webhook, url: \(file("url")), secret: \(file("key")),"
            + " headers: {Authorization: \(file("bearer"))}}"
        ),
        ("slack", "{type: slack, url: \(file("url"))}"),
        (
          "telegram", "{type: telegram, url: \"\(server.url)\", token: \(file("bot")), chat: \"1\"}"
        ),
        ("pager", "{type: pagerduty, url: \"\(server.url)/\", routing_key: \(file("word"))}"),
        (
          "ntfy",
          "{type: ntfy, url: \"\(server.url)\", topic: \(file("word")), token: \(file("word"))}"
        ),
        (
          "mail",
          "{type: email, server: \"127.0.0.1:\(server.port)\", from: a@example.org,"
            + " to: b@example.org, user: me, password: \(file("password")), timeout: 1s}"
        ),
        ("json", "{type: stdout, format: json}"), ("text", "{type: stdout}"),
      ])
    let names = ["hook", "slack", "telegram", "pager", "ntfy", "mail"]

    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: "0.12000").text)
    try await daemon.output.first(2)
    try await daemon.errors.wait(for: "the mail to fail") { lines in
      lines.contains { $0.contains("mail: event 1 not delivered") }
    }
    let commandLine = try String(contentsOfFile: "/proc/\(daemon.pid)/cmdline", encoding: .utf8)
    var texts = [("the process table", commandLine)]
    for arguments in [
      ["check"], ["deliveries", "list"], ["deliveries", "list", "--format", "json"],
      ["alerts", "--all"],
    ] + names.flatMap({ [["notify", "test", $0], ["notify", "preview", $0]] }) {
      let ending = try await installation.command(arguments)
      texts.append((arguments.joined(separator: " "), ending.output + ending.errors))
    }
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()
    #expect(ending.status == 0)
    texts += [("the log", ending.errors), ("standard output", ending.output)]
    #expect(server.requests.count >= 6)
    for (place, text) in texts {
      for secret in Self.planted { #expect(!text.contains(secret), "\(place)") }
    }
    let state = installation.scratch.file("state")
    for name in try FileManager.default.contentsOfDirectory(atPath: state) {
      let bytes = try Data(contentsOf: URL(filePath: "\(state)/\(name)"))
      for secret in Self.planted {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
      }
    }
  }
}
