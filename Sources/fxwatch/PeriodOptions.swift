import ArgumentParser
import FXCore
import FXDaemon

/// The options `--since` and `--until` of commands that read history.
struct PeriodOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The first day, or a duration such as 2h or 30d: what became known since.",
      valueName: "yyyy-mm-dd"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("The last day.", valueName: "yyyy-mm-dd"))
  var until: String?

  /// The first day; nil where none is given, or a duration.
  var firstDay: CalendarDay? {
    get throws { try firstInstant == nil ? Self.day(since, "--since") : nil }
  }

  /// The first instant of knowledge, where `--since` is a duration; nil otherwise.
  var firstInstant: Timestamp? {
    get throws {
      guard let since, let duration = DurationText.parse(since) else { return nil }
      return InstantOption.now - duration
    }
  }

  /// The last day; nil where none is given.
  var lastDay: CalendarDay? {
    get throws { try Self.day(until, "--until") }
  }

  /// Throws where the first day is after the last one.
  func check() throws {
    guard let first = try firstDay ?? firstInstant?.day, let last = try lastDay, first > last else {
      return
    }
    throw CommandFailure.usage("--since: \(first) is after --until \(last); exchange them")
  }

  private static func day(_ text: String?, _ option: String) throws -> CalendarDay? {
    guard let text else { return nil }
    guard let day = CalendarDay(text: text) else {
      throw CommandFailure.usage("\(option): '\(text)' is not a day; write it as 2026-02-20")
    }
    return day
  }
}
