import ArgumentParser
import FXCommands
import FXDaemon

/// The command `fxwatch notify`.
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Tries notifiers.", subcommands: [NotifyTestCommand.self])
}

/// The command `fxwatch notify test NAME`.
struct NotifyTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Sends a real, signed test.ping through a notifier, and prints how it ended.")

  @Argument(help: ArgumentHelp("The notifier's name in the config.", valueName: "name"))
  var name: String

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let ping = try await config.desk(secretsMayBeMissing: false).ping(notifier: name)
    guard ping.arrived else { throw CommandFailure.failed(ping.sentence) }
    Console.out(ping.sentence)
  }
}
