import ArgumentParser
import FXCommands
import FXCore
import FXDaemon

/// The command `fxwatch check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates the config and warns about rules that cannot work as written.",
    discussion:
      "Prints each rule with its kind and notifiers. Exits with 78 if the config is invalid; warnings alone are not a failure."
  )

  @Argument(
    help: ArgumentHelp(
      "The config file, instead of --config; - for standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @OptionGroup var config: ConfigOption

  func run() async throws {
    var config = config
    if let file {
      guard config.config == nil else {
        throw CommandFailure.usage("the config is named twice; use \(file.quoted) or --config")
      }
      config.config = file
    }
    let check = try config.context().check()
    Console.error(check.warnings.map(\.description).joined(separator: "\n"))
    Console.say(check.facts.joined(separator: "\n"))
  }
}
