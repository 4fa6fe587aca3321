import FXCore
import Foundation
import Support
import Testing

@Suite("The first steps", .timeLimit(.minutes(5)))
struct FirstStepsTests {
  @Test("init writes a config with comments that is valid, reads its source and sends a test")
  func initial() async throws {
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let receiver = try Receiver()
    let scratch = try Scratch()
    func run(_ arguments: String...) async throws -> ChildProcess.Ending {
      try await ChildProcess(
        Installation.program, arguments, environment: ["STATE_DIRECTORY": scratch.file("state")],
        directory: scratch.path
      ).ending()
    }
    let made = try await run(
      "init", "--pair", "usd/kgs", "--pair", "TJS/USD", "--source", "timesca", "--url", page.url,
      "--threshold", "0.5", "--notify", "webhook", "--set", "url=\(receiver.url)")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("timesca prints KGS/USD 0.01144\n"), "\(made.output)")
    #expect(made.output.contains("  webhook: delivered in "))
    let text = try String(contentsOfFile: scratch.file("fxwatch.yaml"), encoding: .utf8)
    #expect(text.contains("pairs: [KGS/USD, TJS/USD]"))
    #expect(text.contains("when: abs(change) > 0.5%"))
    #expect(text.contains("# "))
    // Commands find it without an option.
    #expect(try await run("check").output.hasPrefix("fxwatch.yaml: ok: 1 source, 1 rule"))
    let again = try await run("init", "--pair", "USD/KGS")
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("fxwatch.yaml exists; "))
    let unknown = try await run("init", "--pair", "KGS/KGS", "--config", "other.yaml")
    #expect(unknown.status == 2)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("other.yaml")))
  }

  @Test("An address that no config describes is polled, described and added")
  func address() async throws {
    let page = try LoopbackServer(
      page: "<html><table><tr><th>Code</th><th>Rate</th></tr><tr><td>USD</td><td>87.40</td></tr>"
        + "<tr><td>JPY</td><td>0.5520</td></tr></table></html>")
    let installation = try Installation()
    try installation.configure("# Mine.\nsources:\n  ecb: {preset: ecb}\n")
    let polled = try await installation.command("poll", page.url, "--against", "KGS")
    #expect(polled.status == 0, "\(polled.errors)")
    #expect(polled.output.contains("USD/KGS"), "\(polled.output)")
    #expect(polled.errors.contains("table: \"//table\""), "\(polled.errors)")
    #expect(polled.errors.contains("allow_private: true\n"), "\(polled.errors)")
    #expect(polled.errors.contains("every: 1h\n"), "\(polled.errors)")
    let added = try await installation.command("poll", page.url, "--against", "KGS", "--write")
    #expect(added.status == 0, "\(added.errors)")
    let text = try String(contentsOfFile: installation.config, encoding: .utf8)
    #expect(text.contains("# Mine.\n") && text.contains("  page:"), "\(text)")
    let again = try await installation.command("poll", "page", "--format", "csv")
    #expect(again.output.contains("JPY/KGS"), "\(again.output)\(again.errors)")
    let nothing = try await installation.command(
      "poll", "https://bank.example/", "--file", "/dev/null")
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("/dev/null: no rates were found"), "\(nothing.errors)")
  }

  @Test("init asks for nothing where there is no terminal")
  func withoutTerminal() async throws {
    let scratch = try Scratch()
    let ending = try await ChildProcess(
      Installation.program, ["init"], directory: scratch.path
    ).ending()
    #expect(ending.status == 2)
    #expect(ending.errors.hasPrefix("no terminal to ask at; use --pair"))
  }

  @Test(
    "add extends a config and keeps its comments, and leaves it as it was where that is invalid")
  func add() async throws {
    let installation = try Installation()
    try installation.configure("# Mine.\nsources:\n  ecb: {preset: ecb} # euro\n")
    func text() throws -> String {
      try String(contentsOfFile: installation.config, encoding: .utf8)
    }
    for arguments in [
      ["add", "source", "nbu"],
      [
        "add", "rule", "move", "--when", "abs(change) > 1%", "--pair", "*/UAH", "--severity",
        "critical",
      ],
      ["add", "notifier", "phone", "--type", "ntfy", "--set", "topic=fx-1234"],
    ] {
      let ending = try await installation.command(arguments)
      #expect(ending.status == 0, "\(ending.errors)")
    }
    #expect(
      try text().hasSuffix(
        """
        # Mine.
        sources:
          ecb: {preset: ecb} # euro
          nbu: {preset: nbu}

        rules:
          move: {pairs: ["*/UAH"], when: "abs(change) > 1%", severity: critical}

        notifiers:
          phone: {type: ntfy, topic: fx-1234}

        """))
    let before = try text()
    let bad = try await installation.command(
      "add", "rule", "bad", "--when", "abs(chang) > 1%")
    #expect(bad.status == 78)
    #expect(bad.errors.contains("\(installation.config):"))
    #expect(bad.errors.contains("is as it was"))
    #expect(try text() == before)
    let twice = try await installation.command("add", "source", "ecb")
    #expect(twice.status == 78)
    let printed = try await installation.command("add", "source", "cbr", "--print")
    #expect(printed.output == "sources:\n  cbr: {preset: cbr}\n")
    #expect(try text() == before)
    #expect(try await installation.command("add", "source", "cbrr").status == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: installation.scratch.path)
    #expect(!names.contains { $0.hasSuffix(".new") })
  }

  @Test("watch prints a table once, and refuses to draw where there is no terminal")
  func watch() async throws {
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let once = try await installation.command("watch", "--once")
    #expect(once.status == 0)
    #expect(once.output.contains("timesca  TJS/USD"))
    let refused = try await installation.command("watch")
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("watch needs a terminal; use --once"))
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
  }

  @Test(
    "watch draws on a terminal until q, and gives it back",
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/script")))
  func terminal() async throws {
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    // The shell of script(1) shows the settings of the terminal afterwards.
    let command = "\(Installation.program) watch --config \(installation.config); stty -a"
    let ending = try await ChildProcess(
      "/usr/bin/script", ["-qec", command, "/dev/null"],
      environment: ["SHELL": "/bin/sh", "NO_COLOR": "1"],
      input: Array("jjq".utf8)
    ).ending()
    #expect(ending.output.contains("\u{1B}[?1049h"))
    #expect(ending.output.contains("fxwatch: ok"))
    #expect(ending.output.contains("\u{1B}[?25h\u{1B}[?1049l"))
    #expect(ending.output.contains(" echo "), "\(ending.output)")
    #expect(ending.output.contains(" icanon"))
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
  }
}
