import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The `fxwatch explain` command.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why an alert fired, or why a rule does not.",
    discussion: """
      With an alert's identifier: its rule, the printed figures and their ticks, how every comparison \
      was decided, the publication and its versions, and every attempt to tell it. With --rule and \
      --pair: what the rule says of the latest figure.
      """)

  @Argument(help: ArgumentHelp("The alert, as fxwatch alerts prints it.", valueName: "alert"))
  var alert: String?

  @Option(name: .long, help: ArgumentHelp("A rule of the config.", valueName: "name"))
  var rule: String?

  @Option(name: .long, help: ArgumentHelp("The pair, as its sources print it.", valueName: "pair"))
  var pair: String?

  @Option(name: .long, help: "Only this source.")
  var source: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let reports = try reports()
    if json {
      Console.out(JSONValue.array(reports.map(\.json)).description)
    } else {
      Console.out(reports.map(\.text).joined(separator: "\n"))
    }
  }

  private func reports() throws -> [ExplainReport] {
    switch (alert, rule, pair) {
    case (let alert?, nil, nil): return [try config.desk().explain(alert: alert)]
    case (nil, let rule?, let text?):
      guard let pair = CurrencyPair(text) else {
        throw CommandFailure.usage("'\(text)' is not a currency pair; write it like EUR/USD")
      }
      return try config.desk().explain(rule: rule, pair: pair, source: source)
    default:
      throw CommandFailure.usage("name an alert, or a rule with --rule and a pair with --pair")
    }
  }
}
