import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite("Commands at the terminal", .timeLimit(.minutes(5)))
struct TerminalCommandTests {
  @Test("convert and rate use a source's own rates, log lists what was sent, and one word mutes")
  func answers() async throws {
    let page = try LoopbackServer(page: Ticker.march2025.text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("high", "{when: rate > 0.10563}")], notifiers: [("console", "{type: stdout}")])
    let daemon = try await installation.daemon()
    try await daemon.output.first(1)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)

    let converted = try await installation.command("convert", "100", "usd", "kgs")
    #expect(
      converted.output.split(separator: "\n").last?.hasPrefix(
        "timesca  USD/KGS  mid      100  8665.5  86.655  86.617  86.693  1/(KGS/USD)  2025-03-24")
        == true, "\(converted.output)\(converted.errors)")
    let rate = try #require(try await installation.rows("rate", "KGS/KZT").first)
    #expect(rate["rate"]?.text == "5.799")
    #expect(rate["legs"]?.elements?.map { $0["pair"]?.text } == ["KGS/USD", "KZT/USD"])
    #expect(try await installation.rows("rate", "KGS/USD", "--at", "2025-03-25").count == 1)
    let early = try await installation.command("rate", "KGS/USD", "--at", "2025-03-23")
    #expect(early.status == 1)
    #expect(early.errors == "no rate is stored for 2025-03-23; start fxwatch run\n")
    let unknown = try await installation.command("convert", "1", "EUR", "KGS")
    #expect(unknown.errors == "no rate of EUR is stored; 'fxwatch rates' lists those that are\n")
    #expect(try await installation.command("convert", "1,5", "USD", "KGS").status == 2)

    let entry = try #require(try await installation.rows("log").first)
    #expect(entry["rule"]?.text == "high")
    #expect(
      entry["deliveries"]?.elements?.map { $0["state"]?.text } == ["delivered"])
    let alert = try #require(entry["alert_id"]?.text)
    let silence = try await installation.command("silence", String(alert.dropFirst(6).prefix(8)))
    #expect(silence.status == 0, "\(silence.errors)")
    #expect(silence.output.contains("rule=high pair=TMT/USD source=timesca; it covers 1 active"))
    let rows = try await installation.rows("silence", "list")
    #expect(rows.count == 1)
    #expect(try await installation.command("ack", "--rule", "high").status == 0)
    #expect(try await installation.command("log", "--rule", "hgh").status == 1)
    #expect(try await installation.command("silence").status == 2)
  }

  @Test("check reads a file that is named in any way, also from standard input")
  func configs() async throws {
    let installation = try Installation(sources: [("ecb", "{preset: ecb}")])
    let text = try Data(contentsOf: URL(filePath: installation.config))
    func run(
      _ arguments: [String], _ environment: [String: String] = [:], input: [UInt8] = []
    ) async throws -> ChildProcess.Ending {
      try await ChildProcess(
        Installation.program, arguments, environment: environment,
        directory: installation.scratch.path, input: input
      ).ending()
    }
    #expect(try await run(["check", installation.config]).status == 0)
    #expect(try await run(["check"], ["FXWATCH_CONFIG": installation.config]).status == 0)
    let read = try await run(["check", "-"], input: Array(text))
    #expect(read.status == 0)
    #expect(read.output.hasPrefix("-: ok: 1 source"))
    #expect(try await run(["sources"], ["FXWATCH_CONFIG": "missing"]).status == 0)
    let twice = try await run(["check", "a.yaml", "--config", "b.yaml"])
    #expect(twice.status == 2)
    let bad = try await run(["check", "--config", "-"], input: Array("sources: {a: {}}\n".utf8))
    #expect(bad.status == 78)
    let page =
      "sources: {a: {preset: ecb, url: \"http://127.0.0.1:9/\"}}\nnotifiers: {o: {type: stdout}}\n"
    let refused = try await run(["check", "-"], input: Array(page.utf8))
    #expect(refused.status == 0)
    #expect(
      refused.errors.contains(
        "sources.a: 127.0.0.1 is a private address, to which no request is sent; add allow_private")
    )
    #expect(bad.errors.contains("\n-:1:11: sources.a: "), "\(bad.errors)")
  }

  @Test("shells complete names of the config")
  func completion() async throws {
    let installation = try Installation(
      sources: [("ecb", "{preset: ecb}"), ("cbr", "{preset: cbr}")],
      rules: [("big-move", "{when: abs(change) > 1%}")], notifiers: [("ops", "{type: stdout}")])
    for (command, option, expected) in [
      ("log", "--rule", "big-move"), ("rates", "--source", "cbr\necb"),
      ("convert", "--source", "cbr\necb"),
    ] {
      let ending = try await ChildProcess(
        Installation.program,
        [
          "---completion", command, "--", option, "4", "0", "fxwatch", command, "--config",
          installation.config, option, "",
        ], environment: ["SAP_SHELL": "bash"], directory: installation.scratch.path
      ).ending()
      #expect(ending.output.contains(expected), "\(command): \(ending.output)\(ending.errors)")
    }
  }
}
