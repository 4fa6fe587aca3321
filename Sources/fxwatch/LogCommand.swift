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

  @OptionGroup var selection: SelectionOptions

  @Option(
    name: .long, help: "List only this alert: its identifier or that of an event about it.",
    completion: .custom(CompletionWords.alerts))
  var alert: String?

  @Option(name: .long, help: "The most events to list.")
  var last = 50

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard last > 0 else { throw CommandFailure.usage("--last: use a number above 0") }
    var options = LogOptions()
    options.rule = selection.rule
    options.source = selection.source
    options.pairs = try selection.pairs
    options.alert = alert
    options.since = try selection.start
    options.last = last
    format.show(try config.context(configMayBeInvalid: true).log(options))
  }
}
