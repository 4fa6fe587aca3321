import ArgumentParser
import FXCommands
import FXCore

/// The command `fxwatch check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates the config, says what each rule is, and warns of what will disappoint.",
    discussion: "Exits with 78 when the config is bad; warnings alone do not fail.")

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let check = try config.desk().check()
    for warning in check.warnings { Console.error(warning.description) }
    for fact in check.facts { Console.out(fact) }
  }
}
