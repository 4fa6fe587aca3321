import ArgumentParser
import FXCommands
import FXCore
import FXDaemon
import FXWeb
import Foundation

/// The command `fxwatch history PAIR`.
///
/// It has more than ten properties: one for each of its options.
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

  @Flag(
    name: .long,
    help: "Draw a line chart of each series, at most 80 columns wide, or with a file one in SVG.")
  var chart = false

  @Argument(
    help: ArgumentHelp("With --chart: the file for a chart in SVG.", valueName: "file.svg"))
  var file: String?

  @Option(
    name: .long, help: "The output format: table, json, csv or openmetrics.",
    completion: .list(HistoryFormat.allCases.map(\.rawValue)))
  var format: HistoryFormat = .table

  @Flag(name: .long, help: "Write times in UTC instead of the local zone; other formats always do.")
  var utc = false

  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard let pair = CurrencyPair(self.pair.uppercased()) else {
      throw CommandFailure.usage("'\(self.pair)' is not a currency pair; write it as EUR/USD")
    }
    guard !chart || format == .table else {
      throw CommandFailure.usage("--chart: a chart has no other format; remove --format")
    }
    try period.check()
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
    let context = try config.context(configMayBeInvalid: true)
    guard file == nil || chart else {
      throw CommandFailure.usage("a file is written with --chart only")
    }
    if let file {
      guard let drawing = try HistoryExport.chart(try context.rows(of: options), context) else {
        throw CommandFailure.failed("no trusted rate of \(pair) in this period")
      }
      do {
        try Data(drawing).write(to: URL(filePath: file))
      } catch {
        throw CommandFailure.failed("\(file): cannot be written: \(error.localizedDescription)")
      }
    } else if chart {
      Console.out(try context.chart(options))
    } else if format == .openmetrics {
      options.allVersions = true
      Console.out(HistoryExport.openMetrics(try context.rows(of: options)))
    } else {
      let format = Report.Format(rawValue: format.rawValue) ?? .table
      Console.out(try context.history(options).text(as: format, Console.style(utc: utc)))
    }
  }
}
