import ArgumentParser
import FXCore

/// The options that select alerts and events: by rule, pair, source and time.
struct SelectionOptions: ParsableArguments {
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
      "The first instant: a duration such as 2h, a day, or an instant.", valueName: "since"))
  var since: String?

  /// The pairs; empty for all.
  var pairs: [PairPattern] {
    get throws { try pair.map { try InstantOption.pattern($0, of: "--pair") } }
  }

  /// The first instant; nil for no limit.
  var start: Timestamp? {
    get throws { try since.map { try InstantOption.start($0, of: "--since") } }
  }
}
