import ArgumentParser
import FXCommands
import FXCore
import Foundation

/// The command `fxwatch rules`.
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Tests rules before they are trusted.",
    subcommands: [Test.self])

  /// The command `fxwatch rules test FILE…`.
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Tells stories of what sources print, and compares what people would be told.",
      discussion: """
        A file names rules, or the config they stand in, and tests: steps in which sources publish \
        or fail, and what must be told then. Everything told must be expected. The rules run in the \
        daemon's own engine; nothing is fetched, told or stored. Exits with 1 when a test fails, with \
        78 when a file is bad. The format is described in fxwatch-conditions(7).
        """)

    @Argument(help: ArgumentHelp("Files with tests.", valueName: "file"))
    var files: [String]

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The config whose rules are tested, instead of the one that the file names.",
        valueName: "file"))
    var config: String?

    @OptionGroup var format: FormatOption

    func run() async throws {
      let desk = RuleTestRunner(environment: ProcessInfo.processInfo.environment)
      var runs: [RuleTestRun] = []
      for file in files { runs += try desk.run(file: file, config: config) }
      let report = RuleTestsReport(runs)
      Console.out(report.text(as: format.format))
      if !report.isGood { throw ExitCode(1) }
    }
  }
}
