import ArgumentParser
import FXCommands

/// The command `fxwatch sources`.
struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Lists the presets: publishers that a config can name in `preset:`.",
    discussion: """
      Any other source can be described in the config with `url:` and `format:`; see \
      fxwatch-sources(5).
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only presets with all of these words in their name, publisher, pairs, kind or terms.",
      valueName: "words"))
  var search: String?

  @OptionGroup var format: FormatOption

  func run() {
    format.show(.presets(matching: search ?? ""))
  }
}
