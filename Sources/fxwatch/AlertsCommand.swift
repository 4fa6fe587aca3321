import ArgumentParser
import FXCommands
import FXDaemon

/// The command `fxwatch alerts`.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "Lists the alerts that are pending or fire.",
    discussion: "Sources that cannot be read or are stale are listed on standard error.")

  @Flag(name: .long, help: "Include resolved alerts and events.")
  var all = false

  @OptionGroup var selection: SelectionOptions

  @Option(name: .long, help: "The most alerts to list: those that fired last.")
  var last: Int?

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard last ?? 1 > 0 else { throw CommandFailure.usage("--last: use a number above 0") }
    var selected = AlertSelection()
    selected.rule = selection.rule
    selected.source = selection.source
    selected.pairs = try selection.pairs
    selected.since = try selection.start
    selected.last = last
    let context = try config.context(configMayBeInvalid: true)
    format.show(try context.alerts(all: all, of: selected))
    // Rules on such sources cannot fire.
    for line in try context.sourcesInTrouble() { Console.error(line) }
  }
}
