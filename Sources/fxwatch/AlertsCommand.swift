import ArgumentParser
import FXCommands

/// The command `fxwatch alerts`.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "Lists the alerts that are pending or fire.",
    discussion: "Sources that cannot be read or are stale are listed on standard error.")

  @Flag(name: .long, help: "Include resolved alerts and events.")
  var all = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    let context = try config.context(configMayBeInvalid: true)
    format.show(try context.alerts(all: all))
    // Rules on such sources cannot fire.
    for line in try context.sourcesInTrouble() { Console.error(line) }
  }
}
