import ArgumentParser
import FXCommands
import FXDaemon

/// The command `fxwatch notify`.
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Tests notifiers, and shows what they send.",
    subcommands: [Test.self, Preview.self])

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

  /// The command `fxwatch notify preview NAME`.
  struct Preview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "preview",
      abstract: "Prints what a notifier would send about an alert; sends nothing.",
      discussion: "Secrets are left out.")

    @Argument(
      help: ArgumentHelp("The notifier's name in the config.", valueName: "name"),
      completion: .custom(CompletionWords.notifiers))
    var name: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The alert or event. Default: the alert that fired last, or a test.ping.",
        valueName: "id"),
      completion: .custom(CompletionWords.alerts))
    var alert: String?

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.say(try await config.context().preview(notifier: name, of: alert))
    }
  }
}
