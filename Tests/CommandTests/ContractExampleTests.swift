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
}
