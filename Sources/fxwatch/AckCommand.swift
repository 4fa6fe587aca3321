import ArgumentParser
import FXCommands

/// The command `fxwatch ack`.
struct AckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Acknowledges an alert: stops its reminders.",
    discussion: "Its resolution is still sent.",
    subcommands: [Add.self, List.self, End.self], defaultSubcommand: Add.self)

  /// The command `fxwatch ack ALERT`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Acknowledges a firing alert until it is resolved.")

    @Argument(
      help: ArgumentHelp(
        "The alert's identifier, as in notifications and in fxwatch alerts.", valueName: "alert"))
    var alert: String

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context())
      Console.say(
        try commands.acknowledge(
          alert,
          by: try commands.attribution(author: attribution.author, reason: attribution.reason),
          until: try commands.expiry(until: expiry.until, for: expiry.duration)))
    }
  }

  /// The command `fxwatch ack list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the active acknowledgements.")

    @Flag(name: .long, help: "Include expired and ended ones.")
    var all = false

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try SilenceCommands(try config.context()).acknowledgements(all: all))
    }
  }

  /// The command `fxwatch ack end ID`.
  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end", abstract: "Ends an acknowledgement: reminders are sent again.")

    @Argument(help: ArgumentHelp("The number in fxwatch ack list.", valueName: "id"))
    var id: Int64

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.say(try SilenceCommands(try config.context()).endAcknowledgement(id))
    }
  }
}
