import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch log`.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Lists what happened: alerts, resolutions and outages, and what was sent to whom.",
    discussion: "The newest events are last. Alerts that a silence covered are listed, too.")

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
    name: .long, help: "List only this alert: its identifier or that of an event about it.",
    completion: .custom(CompletionWords.alerts))
  var alert: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The first instant: a duration such as 2h, a day, or an instant.", valueName: "since"))
  var since: String?

  @Option(name: .long, help: "The most events to list.")
  var last = 50

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard last > 0 else { throw CommandFailure.usage("--last: use a number above 0") }
    var options = LogOptions()
    options.rule = rule
    options.source = source
    options.pairs = try pair.map { try InstantOption.pattern($0, of: "--pair") }
    options.alert = alert
    options.since = try since.map { try InstantOption.start($0, of: "--since") }
    options.last = last
    format.show(try config.context(configMayBeInvalid: true).log(options))
  }
}
