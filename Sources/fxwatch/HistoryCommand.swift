import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch history PAIR`.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Lists the published rates of a pair, with the time at which each became known.")

  @Argument(
    help: ArgumentHelp("The pair, in the direction its sources print.", valueName: "pair"),
    completion: .custom(CompletionWords.pairs))
  var pair: String

  @Option(name: .long, help: "List only this source.", completion: .custom(CompletionWords.sources))
  var source: String?

  @OptionGroup var period: PeriodOptions

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "List what was known at this instant: yyyy-mm-dd, or UTC such as 2026-02-20T09:15:00Z.",
      valueName: "instant"))
  var asOf: String?

  @Flag(name: .long, help: "List every published rate, not only the newest of each value date.")
  var versions = false

  @Option(name: .long, help: "List only the last rates of each series, this many.")
  var last: Int?

  @Flag(name: .long, help: "Draw a line chart of each series, at most 80 columns wide.")
  var chart = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard let pair = CurrencyPair(self.pair.uppercased()) else {
      throw CommandFailure.usage("'\(self.pair)' is not a currency pair; write it as EUR/USD")
    }
    var options = HistoryOptions(pair: pair)
    options.source = source
    options.since = try period.firstDay
    options.until = try period.lastDay
    options.firstSeen = try period.firstInstant
    options.asOf = try asOf.map { try InstantOption.instant($0, of: "--as-of") }
    options.last = try last.map { number in
      guard number > 0 else { throw CommandFailure.usage("--last: use a number above 0") }
      return number
    }
    options.allVersions = versions
    if chart {
      Console.out(try config.context(configMayBeInvalid: true).chart(options))
    } else {
      format.show(try config.context(configMayBeInvalid: true).history(options))
    }
  }
}
