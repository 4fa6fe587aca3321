import ArgumentParser
import FXCommands
import FXCore

/// The `fxwatch backtest` command.
struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "What rules would have done over the stored history, by the daemon's own engine.",
    discussion: """
      Per rule: how often it fired and was resolved, how often it flapped (more than 4 transitions \
      within 21 publications), how long it fired, the longest time it said nothing, and the ten \
      largest moves with the rules that fired on them. Nothing is told to anyone and nothing is stored.
      """)

  @Option(name: .long, help: ArgumentHelp("Only this rule; may be repeated.", valueName: "name"))
  var rule: [String] = []

  @Option(name: .long, help: "Only this source.")
  var source: String?

  @OptionGroup var period: PeriodOption

  @Flag(help: "Judge by what was known at the time, or by what it was corrected to later.")
  var basis = Basis.asKnown

  @Flag(name: .long, help: "Draw the series on which rules fired, with the firings below.")
  var chart = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  /// Which figures count.
  enum Basis: String, EnumerableFlag {
    case asKnown
    case asFinal
  }

  func run() async throws {
    var question = BacktestQuestion()
    question.rules = rule
    question.source = source
    question.since = try period.firstDay
    question.until = try period.lastDay
    question.asFinal = basis == .asFinal
    question.drawsCharts = chart
    Console.out(try config.desk().backtest(question).text(as: format.format))
  }
}
