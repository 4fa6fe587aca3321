import ArgumentParser
import FXCommands
import FXCore
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
  func desk(secretsMayBeMissing: Bool = true) throws -> CommandContext {
    try CommandContext(
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

/// `--since` and `--until`, where history is looked at.
struct PeriodOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("From this day on.", valueName: "yyyy-mm-dd"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("Up to this day.", valueName: "yyyy-mm-dd"))
  var until: String?

  /// The first day; nil where none is asked for.
  var firstDay: CalendarDay? {
    get throws { try Self.day(since, "--since") }
  }

  /// The last day; nil where none is asked for.
  var lastDay: CalendarDay? {
    get throws { try Self.day(until, "--until") }
  }

  private static func day(_ text: String?, _ option: String) throws -> CalendarDay? {
    guard let text else { return nil }
    guard let day = CalendarDay(text: text) else {
      throw CommandFailure.usage("\(option): '\(text)' is not a day; write it like 2026-02-20")
    }
    return day
  }
}
