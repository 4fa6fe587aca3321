import ArgumentParser
import FXCommands

/// The command `fxwatch rates`.
struct RatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rates",
    abstract: "Lists the latest rate of every series with its change, its age and its state.")

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("List only this pair, or a pattern such as */USD.", valueName: "pair"),
    completion: .custom(CompletionWords.pairs))
  var pair: [String] = []

  @Option(
    name: .long, parsing: .singleValue, help: "List only this source.",
    completion: .custom(CompletionWords.sources))
  var source: [String] = []

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    format.show(try config.context(configMayBeInvalid: true).rates(pairs: pair, sources: source))
  }
}
