import ArgumentParser
import FXCommands
import FXCore

/// The command `fxwatch check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates the config and warns about rules that cannot work as written.",
    discussion:
      "Prints each rule with its kind and notifiers. Exits with 78 if the config is invalid; warnings alone are no failure."
  )

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let check = try config.context().check()
    Console.error(check.warnings.map(\.description).joined(separator: "\n"))
    Console.say(check.facts.joined(separator: "\n"))
  }
}
