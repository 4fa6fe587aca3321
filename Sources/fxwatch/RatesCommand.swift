import ArgumentParser
import FXCommands

/// The command `fxwatch rates`.
struct RatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rates",
    abstract: "Lists the latest rate of every series with its change, its age and its state.")

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    format.show(try config.context().rates())
  }
}
