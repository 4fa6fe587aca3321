import ArgumentParser
import FXCommands

/// The options `--format` and `--utc` of commands that print rows.
struct FormatOption: ParsableArguments {
  @Option(
    name: .long, help: "The output format: table, json or csv.",
    completion: .list(Report.Format.allCases.map(\.rawValue)))
  var format: Report.Format = .table

  @Flag(name: .long, help: "Write times in UTC instead of the local zone; other formats always do.")
  var utc = false

  /// The style of tables on standard output.
  var style: TextStyle { Console.style(utc: utc) }

  /// Prints a report in this format.
  func show(_ report: Report) {
    Console.out(report.text(as: format, style))
  }
}

extension Report.Format: ExpressibleByArgument {}
