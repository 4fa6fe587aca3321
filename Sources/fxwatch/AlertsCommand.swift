import ArgumentParser
import FXCommands

/// The command `fxwatch alerts`.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "Lists the alerts that are pending or fire.")

  @Flag(name: .long, help: "Include resolved alerts and events.")
  var all = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    format.show(try config.context(configMayBeInvalid: true).alerts(all: all))
  }
}
