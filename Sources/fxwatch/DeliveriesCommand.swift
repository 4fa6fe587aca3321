import ArgumentParser
import FXCommands

/// What was told to whom: `fxwatch deliveries`.
struct DeliveriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries",
    abstract: "What was told to whom, what waits, and what was given up; tells it again.",
    subcommands: [ListCommand.self, ShowCommand.self, ReplayCommand.self],
    defaultSubcommand: ListCommand.self)

  /// Deliveries, one a row: `fxwatch deliveries list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Deliveries of the last 30 days, oldest event first.")

    @Option(name: .long, help: "Only those in a state: open, delivered or dead.")
    var state: String?

    @Option(name: .long, help: "Only those to one notifier.")
    var notifier: String?

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try config.desk().deliveries(state: state, notifier: notifier))
    }
  }

  /// One event and its attempts: `fxwatch deliveries show`.
  struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Every attempt to deliver an event; with --format json the event itself too.")

    @Argument(help: "The event's identifier, such as evt_0f1e2d3c4b5a6978_12, or its number, 12.")
    var event: String

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try config.desk().delivery(ofEvent: event))
    }
  }

  /// Dead letters told again: `fxwatch deliveries replay`.
  struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay",
      abstract: "Puts dead letters back into the outbox, under the identifiers they had.",
      discussion: """
        A notifier that was disabled is used again. A running fxwatch takes them with a reload; \
        one that does not run delivers them when it starts.
        """)

    @Argument(help: "Identifiers or numbers of events, or ranges of them such as 12..40.")
    var events: [String]

    @Option(name: .long, help: "Only to one notifier.")
    var notifier: String?

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.out(try config.desk().replay(events, notifier: notifier))
    }
  }
}
