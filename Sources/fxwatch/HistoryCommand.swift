import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch history PAIR`.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "What sources printed for a pair, and since when it is known.")

  @Argument(help: ArgumentHelp("The pair, as its sources print it.", valueName: "pair"))
  var pair: String

  @Option(name: .long, help: "Only this source.")
  var source: String?

  @OptionGroup var period: PeriodOption

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "What was known then: yyyy-mm-dd, or an instant in UTC such as 2026-02-20T09:15:00Z.",
      valueName: "instant"))
  var asOf: String?

  @Flag(name: .long, help: "Every figure ever printed, not only the newest of each value date.")
  var versions = false

  @Flag(name: .long, help: "A line chart of each series, at most 80 columns wide.")
  var chart = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard let pair = CurrencyPair(self.pair.uppercased()) else {
      throw CommandFailure.usage("'\(self.pair)' is not a currency pair; write it like EUR/USD")
    }
    if chart {
      return Console.out(
        try config.desk().chart(
          of: pair, source: source, since: try period.firstDay, until: try period.lastDay,
          asOf: try instant(asOf, "--as-of")))
    }
    let report = try config.desk().history(
      of: pair, source: source, since: try period.firstDay, until: try period.lastDay,
      asOf: try instant(asOf, "--as-of"), allVersions: versions)
    format.show(report)
  }

  private func instant(_ text: String?, _ option: String) throws -> Timestamp? {
    guard let text else { return nil }
    guard let instant = Timestamp(text: text) else {
      throw CommandFailure.usage(
        "\(option): '\(text)' is not an instant; write it like 2026-02-20T09:15:00Z or 2026-02-20")
    }
    return instant
  }
}
