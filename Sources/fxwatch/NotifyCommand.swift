import ArgumentParser
import FXCommands
import FXDaemon

/// The command `fxwatch notify`.
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Tests notifiers.", subcommands: [Test.self])

  /// The command `fxwatch notify test NAME`.
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract:
        "Sends a real, signed test.ping through a notifier and prints the result and the latency.")

    @Argument(
      help: ArgumentHelp("The notifier's name in the config.", valueName: "name"),
      completion: .custom(CompletionWords.notifiers))
    var name: String

    @OptionGroup var config: ConfigOption

    func run() async throws {
      let (context, name) = (try config.context(), name)
      // A program that a notifier runs ends with this command.
      let ping = try await Interruption.current.cancelling {
        try await context.ping(notifier: name)
      }
      guard ping.arrived else { throw CommandFailure.failed(ping.sentence) }
      Console.say(ping.sentence)
    }
  }
}
