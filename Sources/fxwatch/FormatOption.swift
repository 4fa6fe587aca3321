import ArgumentParser
import FXCommands

/// The option `--format` of commands that print rows.
struct FormatOption: ParsableArguments {
  @Option(name: .long, help: "The output format: table, json or csv.")
  var format: Report.Format = .table

  /// Prints a report in this format.
  func show(_ report: Report) {
    Console.out(report.text(as: format, Console.style))
  }
}

extension Report.Format: ExpressibleByArgument {}
