import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The `fxwatch backtest` command.
struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Runs rules over the stored history.",
    discussion: """
      Prints for each rule the numbers of firings, resolutions and flaps (more than 4 transitions \
      within 21 publications), the time firing, the longest time without a notification, and the ten \
      largest moves with the rules that fired on them. The rules run in the daemon's own engine. \
      Nothing is sent or stored.
      """)

  @Option(
    name: .long, help: ArgumentHelp("Run only this rule; may be repeated.", valueName: "name"),
    completion: .custom(CompletionWords.rules))
  var rule: [String] = []

  @Option(name: .long, help: "Read only this source.", completion: .custom(CompletionWords.sources))
  var source: String?

  @OptionGroup var period: PeriodOptions

  @Flag
  var basis = Basis.asKnown

  @Flag(name: .long, help: "Draw the series on which rules fired, with the firings below.")
  var chart = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  /// The versions of rates that are used.
  enum Basis: String, EnumerableFlag {
    case asKnown
    case asFinal

    static func help(for value: Basis) -> ArgumentHelp? {
      switch value {
      case .asKnown: "Use rates as they were known at the time."
      case .asFinal: "Use rates as they were corrected later."
      }
    }
  }

  func run() async throws {
    guard !chart || format.format == .table else {
      throw CommandFailure.usage("--chart: a chart has no other format; remove --format")
    }
    try period.check()
    var options = BacktestOptions()
    options.rules = rule
    options.source = source
    options.since = try period.firstDay ?? period.firstInstant?.day
    options.until = try period.lastDay
    options.asFinal = basis == .asFinal
    options.drawsCharts = chart
    Console.out(try run(options).text(as: format.format))
  }

  private func run(_ options: BacktestOptions) throws -> BacktestReport {
    Interruption.current.note("interrupted; nothing was stored or sent")
    let bar = ProgressLine()
    defer { bar.clear() }
    return try config.context().backtest(options) { done, all in
      bar.show(ProgressText("running rules", done: done, of: all, unit: "publications"))
    }
  }
}
