import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The command `fxwatch watch`.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Shows rates, changes and alerts on the terminal, and keeps them up to date.",
    discussion: """
      q quits; the arrow keys, space and b scroll. Reads the stored rates every two seconds, beside a \
      running daemon or without one.
      """)

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Show only this pair, or a pattern such as */USD.", valueName: "pair"),
    completion: .custom(CompletionWords.pairs))
  var pair: [String] = []

  @Option(
    name: .long, parsing: .singleValue, help: "Show only this source.",
    completion: .custom(CompletionWords.sources))
  var source: [String] = []

  @Flag(name: .long, help: "Print the table once; needs no terminal.")
  var once = false

  @Flag(name: .long, help: "Write times in UTC instead of the local zone.")
  var utc = false

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let watch = Watch(
      try config.context(configMayBeInvalid: true), pairs: pair, sources: source,
      style: Console.style(utc: utc))
    guard once else { return try await watch.run() }
    let content = try watch.content()
    let style = Console.style(utc: utc)
    if let problem = content.problem { Console.error(problem) }
    if !content.alerts.isEmpty { Console.out(content.alerts.text(as: .table, style) + "\n") }
    Console.out(content.rates.text(as: .table, style))
  }
}
