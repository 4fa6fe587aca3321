import ArgumentParser
import FXDaemon
import Foundation

/// `--config FILE`, on every command.
struct ConfigOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The config file; without it /etc/fxwatch/fxwatch.yaml, else etc/fxwatch.yaml here.",
      valueName: "file"))
  var config: String?

  /// The file that is meant.
  var file: String {
    config ?? ["/etc/fxwatch/fxwatch.yaml", "etc/fxwatch.yaml"].first {
      FileManager.default.fileExists(atPath: $0)
    } ?? "/etc/fxwatch/fxwatch.yaml"
  }

  /// The commands' view of the config; throws what is wrong with it.
  func desk(secretsMayBeMissing: Bool = true) throws -> Desk {
    try Desk(
      file: file, environment: ProcessInfo.processInfo.environment,
      secretsMayBeMissing: secretsMayBeMissing)
  }
}

/// `--format table|json|csv`, where rows are printed.
struct FormatOption: ParsableArguments {
  @Option(name: .long, help: "How rows are printed: table, json or csv.")
  var format: Report.Format = .table

  /// Prints a report as asked.
  func show(_ report: Report) {
    Console.out(report.text(as: format))
  }
}

extension Report.Format: ExpressibleByArgument {}
