import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch convert AMOUNT FROM TO`.
struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts an amount of one currency to another by the rates of each source.",
    discussion: """
      For example: fxwatch convert 100 USD KGS. Where a source does not print the pair, its inverse or \
      two of its pairs are used. LOW and HIGH are the range of the rate that the rounding of the \
      printed rates leaves open.
      """)

  @Argument(help: ArgumentHelp("The amount, such as 100 or 99.95.", valueName: "amount"))
  var amount: String

  @Argument(
    help: ArgumentHelp("The currency of the amount.", valueName: "from"),
    completion: .custom(CompletionWords.currencies))
  var base: String

  @Argument(
    help: ArgumentHelp("The currency of the result.", valueName: "to"),
    completion: .custom(CompletionWords.currencies))
  var quote: String

  @OptionGroup var rates: RateOptions
  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard let amount = ExactDecimal(self.amount.filter { $0 != "_" && $0 != "'" }) else {
      throw CommandFailure.usage(
        "\(self.amount.quoted) is not an amount; write up to 18 digits with a decimal point, such as"
          + " 1250.50")
    }
    var options = try rates.options(
      for: CurrencyPair(base: try currency(base), quote: try currency(quote)))
    options.amount = amount
    format.show(try config.context(configMayBeInvalid: true).convert(options))
  }

  private func currency(_ text: String) throws -> Currency {
    guard let currency = Currency(text.uppercased()) else {
      throw CommandFailure.usage("\(text.quoted) is not a currency code; write it as USD")
    }
    return currency
  }
}
