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

  @Option(
    name: .long, help: ArgumentHelp("List only this rule.", valueName: "name"),
    completion: .custom(CompletionWords.rules))
  var rule: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("List only this pair, or a pattern such as */USD.", valueName: "pair"),
    completion: .custom(CompletionWords.pairs))
  var pair: [String] = []

  @Option(
    name: .long, help: "List only this source.", completion: .custom(CompletionWords.sources))
  var source: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The first instant at which they fired or were resolved: a duration such as 2h, a day, or an instant.",
      valueName: "since"))
  var since: String?

  @Option(name: .long, help: "The most alerts to list: those that fired last.")
  var last: Int?

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard last ?? 1 > 0 else { throw CommandFailure.usage("--last: use a number above 0") }
    var selection = AlertSelection()
    selection.rule = rule
    selection.source = source
    selection.pairs = try pair.map { try InstantOption.pattern($0, of: "--pair") }
    selection.since = try since.map { try InstantOption.start($0, of: "--since") }
    selection.last = last
    let context = try config.context(configMayBeInvalid: true)
    format.show(try context.alerts(all: all, of: selection))
    // Rules on such sources cannot fire.
    for line in try context.sourcesInTrouble() { Console.error(line) }
  }
}
