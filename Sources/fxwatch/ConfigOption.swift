import ArgumentParser
import FXCommands
import Foundation

/// The option `--config`, of every command.
struct ConfigOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The config file. Default: /etc/fxwatch/fxwatch.yaml, else etc/fxwatch.yaml in this directory.",
      valueName: "file"))
  var config: String?

  /// The path of the file to use.
  var file: String {
    config ?? ["/etc/fxwatch/fxwatch.yaml", "etc/fxwatch.yaml"].first {
      FileManager.default.fileExists(atPath: $0)
    } ?? "/etc/fxwatch/fxwatch.yaml"
  }

  /// Returns a context with the config; throws all problems of the file.
  func context(
    secretsMayBeMissing: Bool = true, readsSavedBodies: Bool = false
  ) throws -> CommandContext {
    try CommandContext(
      file: file, environment: ProcessInfo.processInfo.environment,
      secretsMayBeMissing: secretsMayBeMissing, readsSavedBodies: readsSavedBodies)
  }
}
