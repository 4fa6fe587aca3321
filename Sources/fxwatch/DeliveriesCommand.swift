import ArgumentParser
import FXCommands

/// The command `fxwatch deliveries`.
struct DeliveriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries",
    abstract: "Lists deliveries (sent, pending, failed) and replays failed ones.",
    subcommands: [ListCommand.self, ShowCommand.self, ReplayCommand.self],
    defaultSubcommand: ListCommand.self)

  /// The command `fxwatch deliveries list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the deliveries that are kept, oldest event first.")

    @Option(name: .long, help: "List only deliveries in this state: open, delivered or dead.")
    var state: String?

    @Option(name: .long, help: "List only deliveries to this notifier.")
    var notifier: String?

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try config.context().deliveries(state: state, notifier: notifier))
    }
  }

  /// The command `fxwatch deliveries show EVENT`.
  struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows all attempts to deliver an event.",
      discussion: "With --format json the output contains the event itself, too.")

    @Argument(
      help:
        "The event's identifier, such as evt_0f1e2d3c4b5a697887a6b5c4, or its number, such as 12.")
    var event: String

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try config.context().delivery(ofEvent: event))
    }
  }

  /// The command `fxwatch deliveries replay EVENT…`.
  struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Sends dead letters again, with the same identifiers.",
      discussion: """
        A disabled notifier is enabled again. A running daemon is asked to reload and then delivers \
        them; otherwise they are delivered at its next start.
        """)

    @Argument(help: "Identifiers or numbers of events, or ranges such as 12..40.")
    var events: [String]

    @Option(name: .long, help: "Send only to this notifier.")
    var notifier: String?

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.say(try config.context().replay(events, notifier: notifier))
    }
  }
}
