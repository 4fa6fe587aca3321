import ArgumentParser
import FXCommands

/// The command `fxwatch alerts`.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "What fires now; with --all, everything that ever fired.")

  @Flag(name: .long, help: "Also what is over, and events, which are told once.")
  var all = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    format.show(try config.desk().alerts(all: all))
  }
}
