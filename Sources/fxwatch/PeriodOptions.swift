import ArgumentParser
import FXCore
import FXDaemon

/// The options `--since` and `--until` of commands that read history.
struct PeriodOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The first day.", valueName: "yyyy-mm-dd"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("The last day.", valueName: "yyyy-mm-dd"))
  var until: String?

  /// The first day; nil where none is given.
  var firstDay: CalendarDay? {
    get throws { try Self.day(since, "--since") }
  }

  /// The last day; nil where none is given.
  var lastDay: CalendarDay? {
    get throws { try Self.day(until, "--until") }
  }

  private static func day(_ text: String?, _ option: String) throws -> CalendarDay? {
    guard let text else { return nil }
    guard let day = CalendarDay(text: text) else {
      throw CommandFailure.usage("\(option): '\(text)' is not a day; write it as 2026-02-20")
    }
    return day
  }
}
