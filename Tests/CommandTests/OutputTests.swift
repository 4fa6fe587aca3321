import Foundation
import Glibc
import Support
import Testing

@Suite("Output that cannot be written", .timeLimit(.minutes(5)))
struct OutputTests {
  private let installation: Installation
  private let archive: String

  init() throws {
    installation = try Installation(
      sources: [("ecb", "{preset: ecb}")], rules: [("high", "{when: rate > 1}")],
      notifiers: [("console", "{type: stdout}")])
    archive = try installation.scratch.write(
      "Date,USD,JPY,\n2026-02-20,1.1831,184.50,\n2026-02-19,1.1795,183.10,\n", to: "ecb.csv")
    try installation.scratch.write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
        xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time='2026-02-20'>
      <Cube currency='USD' rate='1.1783'/><Cube currency='JPY' rate='183.50'/>
      </Cube></Cube></gesmes:Envelope>

      """, to: "ecb.xml")
    try installation.scratch.write(
      """
      config: fxwatch.yaml
      tests: {t: {steps: [{publish: {ecb: {EUR/USD: 1.1}}, expect: [{fires: high}]}]}}

      """, to: "tests.yaml")
  }

  /// The commands with one format of output; `CONFIG` stands for the option with the config.
  private static let plain: [String] = [
    "--help", "--version", "help", "help check", "history --help", "silence list --help",
    "--generate-completion-script bash", "--generate-completion-script zsh",
    "--generate-completion-script fish", "--experimental-dump-help",
    "check CONFIG", "history EUR/USD --chart CONFIG", "poll ecb --file ecb.xml --explain CONFIG",
    "explain --rule high --pair EUR/USD CONFIG",
    "explain --rule high --pair EUR/USD --json CONFIG",
    "silence add --match pair=EUR/USD --author ada --reason known --for 1h CONFIG",
    "notify test console CONFIG", "import ecb ecb.csv CONFIG",
  ]

  /// The commands with the option `--format`.
  private static let reports: [String] = [
    "sources", "rates CONFIG", "history EUR/USD CONFIG", "history EUR/USD --versions CONFIG",
    "alerts CONFIG", "alerts --all CONFIG", "deliveries CONFIG", "deliveries list CONFIG",
    "silence list CONFIG", "ack list CONFIG", "backtest CONFIG", "rules test tests.yaml",
    "poll ecb --file ecb.xml CONFIG",
  ]

  /// Every command that prints, in every format.
  private static var commands: [String] {
    var commands = plain
    for report in reports {
      for format in ["table", "json", "csv"] { commands.append("\(report) --format \(format)") }
    }
    return commands
  }

  @Test("ends every command with 1 and a sentence", arguments: ["/dev/full", "&-"])
  func lost(destination: String) async throws {
    let ending = try await installation.command("import", "ecb", archive)
    #expect(ending.status == 0)
    for command in Self.commands {
      let plain = try await run(command, to: "| cat; exit 0")
      let lost = try await run(command, to: ">\(destination)")
      let reason = destination == "&-" ? "Bad file descriptor" : "No space left on device"
      // Some commands have nothing to print here.
      guard !plain.output.isEmpty else { continue }
      #expect(lost.status == 1, "\(command)")
      // A notifier that writes to standard output reports itself what is wrong.
      guard !command.hasPrefix("notify") else { continue }
      #expect(
        lost.errors.hasSuffix("cannot write to standard output: \(reason)\n"),
        "\(command): \(lost.errors)")
    }
    // What was printed has not gone into a file that got the number of standard output.
    let rates = try await installation.command("rates", "--format", "csv")
    #expect(rates.status == 0)
    #expect(rates.output.split(separator: "\n").count == 3)
  }

  @Test("because the reader has read enough ends every command quietly")
  func enough() async throws {
    _ = try await installation.command("import", "ecb", archive)
    for command in Self.commands {
      let ending = try await run(command, to: "| true")
      #expect(ending.status == 0, "\(command)")
      #expect(!ending.errors.contains("cannot write"), "\(command): \(ending.errors)")
    }
  }

  /// Runs a command in a shell, with a redirection.
  private func run(_ command: String, to redirection: String) async throws -> ChildProcess.Ending {
    let arguments = command.replacing("CONFIG", with: "--config fxwatch.yaml")
    return try await ChildProcess(
      "/bin/sh", ["-c", "\"$0\" \(arguments) \(redirection)", Installation.program],
      directory: installation.scratch.path
    ).ending()
  }
}
