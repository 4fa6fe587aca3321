import Support
import Testing

@Suite("A config that is wrong", .timeLimit(.minutes(5)))
struct ConfigErrorTests {
  private static let config = """
    sources:
      timesca: {preset: timescaa, every: 15mn}
      ecb: {preset: ecb, evry: 1h}
    rules:
      big: {pairs: [EURUS, KGS/USD], when: abs(chnge) > 1%, notify: [consle]}
      small: {when: rate > 1%, sources: [timsca], severity: high}
      none: {summary: "{par} moved"}
    notifiers:
      console: {type: stdot}
      console: {type: stdout}
      ops: {type: webhook, url: "http://127.0.0.1/hook", secret: abc}

    """

  /// The messages about it, with `…` for lists of names, which grow.
  private static let problems = """
    FILE:3:21: sources.timesca.preset: unknown preset 'timescaa'; 'fxwatch sources' lists all presets; did you mean 'timesca'?
    FILE:3:38: sources.timesca.every: '15mn' is not a duration; write it like 90s, 15m, 24h or 7d
    FILE:4:22: sources.ecb: unknown key 'evry'; expected one of …; did you mean 'every'?
    FILE:6:17: rules.big.pairs: 'EURUS' is not a currency pair; write it like EUR/USD or */USD
    FILE:6:40: rules.big.when: unknown function 'chnge'; did you mean 'change'?
      abs(chnge) > 1%
          ^^^^^
    FILE:6:66: rules.big.notify: unknown notifier 'consle'; expected one of …; did you mean 'console'?
    FILE:7:17: rules.small.when: cannot compare a rate with a percentage; for a relative move use change or change(24h)
      rate > 1%
             ^^
    FILE:7:38: rules.small.sources: unknown source 'timsca'; expected one of …; did you mean 'timesca'?
    FILE:7:57: rules.small.severity: 'high' is not one of …
    FILE:8:3: rules.none: 'when' is required; write a condition such as when: abs(change) > 1%
    FILE:8:19: rules.none.summary: unknown field '{par}'; expected one of …; did you mean 'pair'?
    FILE:10:19: notifiers.console.type: unknown notifier type 'stdot'; expected one of …; did you mean 'stdout'?
    FILE:11:3: notifiers: key 'console' is written twice, first in line 10; keep one of …
    FILE:12:62: notifiers.ops.secret: a secret must not be in the config; write {credential: NAME} or {file: PATH}, and add LoadCredential=NAME:/path to the unit

    """

  @Test(
    "reports all errors at once, with positions and nearest names, and ends with 78",
    arguments: ["check", "run"])
  func allAtOnce(command: String) async throws {
    let installation = try Installation()
    try installation.configure(Self.config)
    let ending = try await installation.command(command)
    #expect(ending.status == 78)
    #expect(ending.output == "")
    let errors = ending.errors.replacing(/one of [^;\n]+/, with: "one of …")
    #expect(errors == Self.problems.replacing("FILE", with: installation.config))
  }

  @Test(
    "ends every command that needs it with 78 and a sentence",
    arguments: [["rates"], ["alerts"], ["history", "TJS/USD"], ["poll"], ["notify", "test", "x"]])
  func missing(arguments: [String]) async throws {
    let scratch = try Scratch()
    let ending = try await ChildProcess(
      Installation.program, arguments + ["--config", "none.yaml"], directory: scratch.path
    ).ending()
    #expect(ending.status == 78)
    #expect(ending.output == "")
    #expect(
      ending.errors
        == "none.yaml: does not exist; name the config with --config, or copy etc/fxwatch.yaml"
        + " there\n")
  }

  @Test(
    "A usage error ends with 2",
    arguments: [
      ["chek"], ["rates", "--format", "xml"], ["history"], ["history", "EURUSD!"],
      ["history", "TJS/USD", "--since", "yesterday"], ["history", "TJS/USD", "--as-of", "noon"],
      ["poll", "--nothing"], ["reload", "--pid", "1"], ["poll", "--file", "page.txt"],
    ])
  func usage(arguments: [String]) async throws {
    let installation = try Installation(sources: [
      ("ecb", "{preset: ecb}"), ("cbu", "{preset: cbu}"),
    ])
    let ending = try await ChildProcess(
      Installation.program,
      arguments + (arguments == ["chek"] ? [] : ["--config", installation.config]),
      directory: installation.scratch.path
    ).ending()
    #expect(ending.status == 2)
    #expect(ending.output == "")
    #expect(ending.errors != "")
  }

  @Test("For a valid config check prints each rule, and warnings")
  func good() async throws {
    let installation = try Installation(
      sources: [("timesca", "{preset: timesca}")],
      rules: [
        ("big-move", "{when: abs(change) > 1%}"),
        ("old", "{when: age > 3d, for: 2, notify: [console]}"),
      ],
      notifiers: [("console", "{type: stdout}"), ("journal", "{type: journald}")])
    let ending = try await installation.command("check")
    #expect(ending.status == 0)
    #expect(
      ending.output == """
        \(installation.config): ok: 1 source, 2 rules, 2 notifiers; state in \(installation.scratch.file("state"))
        rule big-move: event: notifies once per publication, never resolved; abs(change) > 1%; notifies all notifiers
        rule old: state: fires, later resolved; age > 3d; notifies console

        """)
    #expect(
      ending.errors
        == "\(installation.config):5:20: warning: rules.big-move.when: UZS/USD at timesca prints"
        + " 0.00008: one tick is 12.5 %, so smaller moves are below the source's rounding; a"
        + " certain move of 1 % needs 2 ticks, 25 %\n")
  }
}
