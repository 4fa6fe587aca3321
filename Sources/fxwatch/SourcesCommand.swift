import ArgumentParser
import FXCommands

/// The command `fxwatch sources`.
struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "The publishers fxwatch knows by name, for `preset:` in the config.",
    discussion: """
      Any other source can be described in the config, beginning with `format:`; see
      fxwatch-sources(5).
      """)

  @OptionGroup var format: FormatOption

  func run() {
    format.show(.presets)
  }
}
