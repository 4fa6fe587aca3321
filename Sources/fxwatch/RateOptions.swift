import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The options of commands that compute a rate from the stored ones.
struct RateOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Use only this source.", valueName: "source"),
    completion: .custom(CompletionWords.sources))
  var source: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The rates of this day: the newest value date up to it. Default: the latest rates.",
      valueName: "yyyy-mm-dd"))
  var at: String?

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("The rates known at this instant.", valueName: "instant"))
  var asOf: String?

  /// Returns the options for a pair.
  func options(for pair: CurrencyPair) throws -> ConversionOptions {
    var options = ConversionOptions(pair: pair)
    options.source = source
    options.day = try at.map { text in
      guard let day = CalendarDay(text: text) else {
        throw CommandFailure.usage("--at: \(text.quoted) is not a day; write it as 2026-02-20")
      }
      return day
    }
    options.asOf = try asOf.map { try InstantOption.instant($0, of: "--as-of") }
    return options
  }
}
