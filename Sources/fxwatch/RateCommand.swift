import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch rate PAIR`.
struct RateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Shows the rate of a pair at each source, also inverted or through another currency.",
    discussion: """
      A source that prints neither the pair nor its inverse may print two pairs that connect the \
      currencies; a source is never mixed with another one. LOW and HIGH are the range that the \
      rounding of the printed rates leaves open.
      """)

  @Argument(
    help: ArgumentHelp("The pair, such as USD/KGS.", valueName: "pair"),
    completion: .custom(CompletionWords.pairs))
  var pair: String

  @OptionGroup var rates: RateOptions
  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard let pair = CurrencyPair(self.pair.uppercased()) else {
      throw CommandFailure.usage("\(self.pair.quoted) is not a currency pair; write it as USD/KGS")
    }
    format.show(
      try config.context(configMayBeInvalid: true).convert(try rates.options(for: pair)))
  }
}
