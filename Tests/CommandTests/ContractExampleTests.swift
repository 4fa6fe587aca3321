import FXCore
import Foundation
import Support
import Testing

@Suite("The config that the manual begins with", .timeLimit(.minutes(5)))
struct ContractExampleTests {
  private static let config = """
    sources:
      timesca: {preset: timesca, every: 15m}
      cbu:     {preset: cbu}
      my-bank:
        url: https://bank.example/rates.json
        format: json
        every: 30m
        timeout: 20s
    rules:
      big-move:
        pairs: [KGS/USD, "*/USD"]
        sources: [timesca]
        when: abs(change) > 1%
        for: 0
        release: abs(change(24h)) < 0.5%
        severity: warning
        summary: "{pair} moved {change} at {source}"
        notify: [console, ops]
    notifiers:
      console: {type: stdout, format: text}
      ops:     {type: webhook, url: "https://ops.example/hook", secret: {credential: ops-webhook}}
      journal: {type: journald}

    """

  @Test("is valid, and check prints warnings about it")
  func check() async throws {
    let installation = try Installation()
    try installation.configure(Self.config)
    let ending = try await installation.command("check")
    #expect(ending.status == 0)
    #expect(
      ending.output == """
        \(installation.config): ok: 3 sources, 1 rule, 3 notifiers; state in \
        \(installation.scratch.file("state"))
        my-bank: assumed 'dating: page': each new rate is a publication, whatever day the page prints; \
        for one rate a day write 'dating: fixing'
        rule big-move: event: notifies once per publication, never resolved; abs(change) > 1%; notifies \
        console, ops

        """)
    let warnings = ending.errors.split(separator: "\n").map {
      String($0.dropFirst(installation.config.utf8.count + 1).prefix { $0 != ";" })
    }
    #expect(
      warnings == [
        "4:3: warning: sources.cbu: no rule reads it",
        "5:3: warning: sources.my-bank: no rule reads it",
        "14:11: warning: rules.big-move.when: UZS/USD at timesca prints 0.00008: one tick is 12.5 %,"
          + " so smaller moves are below the source's rounding",
        "16:14: warning: rules.big-move.release: 'release' has no effect, because 'when' is an"
          + " event, which does not last",
        "22:69: warning: notifiers.ops.secret: credential 'ops-webhook' is missing:"
          + " $CREDENTIALS_DIRECTORY is not set",
      ])
  }

  @Test("reads a page that prints one day and moves within it as a page: each move is an alert")
  func movesWithinDay() async throws {
    @Sendable func body(_ rate: String) -> String {
      #"{"date": "2026-02-20", "rates": {"USD": {"value": "\#(rate)"}}}"#
    }
    let server = try LoopbackServer(page: body("87.45"))
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [
        (
          "my-bank",
          "{url: \"\(server.url)\", every: 1s, allow_private: true, format: json, rows: rates.*,"
            + " base: \"#\", quote: KGS, rate: value, date: $.date}"
        )
      ],
      rules: [("big-move", "{when: abs(change) > 1%}")],
      notifiers: [("ops", Installation.webhook(receiver.url))])
    let polled = try await installation.command("poll", "my-bank")
    #expect(
      polled.errors
        == "my-bank: assumed 'dating: page': each new rate is a publication, whatever day the page prints;"
        + " for one rate a day write 'dating: fixing'\n")
    let daemon = try await installation.daemon()
    _ = await server.requests(atLeast: 3)
    server.answer(page: body("89.45"))
    _ = try await receiver.taken(1)
    server.answer(page: body("91.45"))
    let posts = try await receiver.taken(2)
    #expect(posts.map(\.type) == ["alert.firing", "alert.firing"])
    let preview = try await installation.command(
      "notify", "preview", "ops", "--alert", posts[0]["alert_id"] ?? "")
    #expect(preview.output.hasPrefix("POST \(receiver.url)\n"), "\(preview)")
    #expect(preview.output.hasSuffix("\n\n\(String(decoding: posts[0].body, as: UTF8.self))\n"))
    daemon.signal(SIGTERM)
    _ = try await daemon.ending()
    let listed = try await installation.rows("alerts", "--all", "--last", "1", "--pair", "*/KGS")
    #expect(listed.map { $0["alert_id"]?.text } == [posts[1]["alert_id"]])
    #expect(try await installation.rows("alerts", "--all", "--rule", "big-move").count == 2)
    #expect(try await installation.rows("alerts", "--all", "--since", "2000-01-01").count == 2)
    #expect(try await installation.rows("alerts", "--all", "--pair", "EUR/*").isEmpty)
    let unknown = try await installation.command("alerts", "--rule", "bg-move")
    #expect(unknown.status == 1)
    #expect(
      unknown.errors
        == "unknown rule 'bg-move'; \(installation.config) has big-move; did you mean 'big-move'?\n"
    )
  }
}
