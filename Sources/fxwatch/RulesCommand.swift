import ArgumentParser
import FXCommands
import FXCore
import Foundation

/// The command `fxwatch rules`.
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Tests rules.",
    subcommands: [Test.self])

  /// The command `fxwatch rules test FILE…`.
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Runs rule tests: publications as given, notifications as expected.",
      discussion: """
        A file contains rules, or names the config that does, and tests: steps in which sources \
        publish or fail, with the notifications that must follow. A notification that is not expected \
        is a failure. The rules run in the daemon's own engine; nothing is fetched, sent or stored. \
        Exits with 1 if a test fails and with 78 if a file is invalid. The format is described in \
        fxwatch-conditions(7).
        """)

    @Argument(help: ArgumentHelp("Files with tests.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The config whose rules are tested, instead of the one named in the file.",
        valueName: "file"))
    var config: String?

    @OptionGroup var format: FormatOption

    func run() async throws {
      let commands = RuleTestRunner(environment: ProcessInfo.processInfo.environment)
      var runs: [RuleTestRun] = []
      for file in files { runs += try commands.run(file: file, config: config) }
      let report = RuleTestsReport(runs)
      Console.out(report.text(as: format.format))
      if !report.isGood { throw ExitCode(1) }
    }
  }
}
