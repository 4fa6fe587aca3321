import ArgumentParser
import FXCommands

/// The command `fxwatch rates`.
struct RatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rates",
    abstract: "The latest rate of every series: its last change, its age, and when it was checked.")

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    format.show(try config.desk().rates())
  }
}
