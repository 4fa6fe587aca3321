import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The `fxwatch explain` command.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains why an alert fired, or why a rule does not fire.",
    discussion: """
      With an alert's identifier: its rule, the printed rates and their tick, the result of every \
      comparison, the publication and its versions, and all attempts to deliver its notifications. \
      With --rule and --pair: the verdict of the rule on the latest rate.
      """)

  @Argument(
    help: ArgumentHelp("The alert's identifier, as in fxwatch alerts.", valueName: "alert"),
    completion: .custom(CompletionWords.alerts))
  var alert: String?

  @Option(
    name: .long, help: ArgumentHelp("The name of a rule.", valueName: "name"),
    completion: .custom(CompletionWords.rules))
  var rule: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The pair, in the direction its sources print.", valueName: "pair"),
    completion: .custom(CompletionWords.pairs))
  var pair: String?

  @Option(
    name: .long, help: "Explain only this source.", completion: .custom(CompletionWords.sources))
  var source: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @Flag(name: .long, help: "Write times in UTC instead of the local zone.")
  var utc = false

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let reports = try reports()
    if json {
      Console.out(JSONValue.array(reports.map(\.json)).description)
    } else {
      let zone = utc ? LocalZone.utc : .current
      Console.out(zone.shown(reports.map(\.text).joined(separator: "\n")))
    }
  }

  private func reports() throws -> [ExplainReport] {
    switch (alert, rule, pair) {
    case (let alert?, nil, nil):
      return [try config.context(configMayBeInvalid: true).explain(alert: alert)]
    case (nil, let rule?, let text?):
      guard let pair = CurrencyPair(text) else {
        throw CommandFailure.usage("'\(text)' is not a currency pair; write it as EUR/USD")
      }
      return try config.context(configMayBeInvalid: true).explain(
        rule: rule, pair: pair, source: source)
    default:
      throw CommandFailure.usage(
        "missing alert; give its identifier, or a rule with --rule and a pair with --pair")
    }
  }
}
