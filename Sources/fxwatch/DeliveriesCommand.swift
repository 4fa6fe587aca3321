import ArgumentParser
import FXCommands

/// The command `fxwatch deliveries`.
struct DeliveriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries",
    abstract:
      "Lists deliveries (sent, pending, failed), drops pending ones and replays failed ones.",
    subcommands: [ListCommand.self, ShowCommand.self, DropCommand.self, ReplayCommand.self],
    defaultSubcommand: ListCommand.self)

  /// The command `fxwatch deliveries list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the deliveries that are kept, oldest event first.")

    @Option(
      name: .long, help: "List only deliveries in this state: open, delivered or dead.",
      completion: .list(["open", "delivered", "dead"]))
    var state: String?

    @Option(
      name: .long, help: "List only deliveries to this notifier.",
      completion: .custom(CompletionWords.notifiers))
    var notifier: String?

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(
        try config.context(configMayBeInvalid: true).deliveries(state: state, notifier: notifier))
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
        "The event's identifier, such as evt_0f1e2d3c4b5a697887a6b5c4, or its number, such as 12.",
      completion: .custom(CompletionWords.events))
    var event: String

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try config.context(configMayBeInvalid: true).delivery(ofEvent: event))
    }
  }

  /// The command `fxwatch deliveries drop EVENT…`.
  struct DropCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop",
      abstract: "Drops pending deliveries: they become dead letters.",
      discussion: """
        All that is given must match. A delivery that is being made at this moment may still arrive. The \
        resolution of an alert that was sent is not dropped by --match.
        """)

    @Argument(
      help: "Identifiers or numbers of events or alerts, or beginnings of identifiers.",
      completion: .custom(CompletionWords.events))
    var events: [String] = []

    @Option(
      name: .long, help: "Drop only deliveries to this notifier.",
      completion: .custom(CompletionWords.notifiers))
    var notifier: String?

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp(
        "Drop only those of alerts that match: rule=NAME, pair=EUR/USD or a pattern such as */USD, "
          + "source=NAME, severity=info.", valueName: "key=value"),
      completion: .custom(CompletionWords.matchers))
    var match: [String] = []

    @Option(name: .long, help: "Reason, shown by fxwatch deliveries show.")
    var reason: String?

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.say(
        try SilenceCommands(try config.context(configMayBeInvalid: true)).drop(
          events: events, notifier: notifier, matching: match, reason: reason))
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

    @Argument(
      help: "Identifiers or numbers of events, or ranges such as 12..40.",
      completion: .custom(CompletionWords.events))
    var events: [String]

    @Option(
      name: .long, help: "Send only to this notifier.",
      completion: .custom(CompletionWords.notifiers))
    var notifier: String?

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.say(
        try config.context(configMayBeInvalid: true).replay(events, notifier: notifier))
    }
  }
}
