import ArgumentParser
import FXCommands

/// The command `fxwatch ack`.
struct AckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Says that somebody knows of an alert: no more reminders of it.",
    discussion: "Its end is still told.",
    subcommands: [Add.self, List.self, End.self], defaultSubcommand: Add.self)

  /// The command `fxwatch ack ALERT`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Acknowledges an alert that fires, until it is resolved.")

    @Argument(
      help: ArgumentHelp("Its identifier, as told and in fxwatch alerts.", valueName: "alert"))
    var alert: String

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let desk = SilenceCommands(try config.desk())
      Console.out(
        try desk.acknowledge(
          alert,
          by: try desk.attribution(author: attribution.author, reason: attribution.reason),
          until: try desk.expiry(until: expiry.until, for: expiry.duration)))
    }
  }

  /// The command `fxwatch ack list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "The acknowledgements in force; with --all, every one there was.")

    @Flag(name: .long, help: "Also those that are over.")
    var all = false

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try SilenceCommands(try config.desk()).acknowledgements(all: all))
    }
  }

  /// The command `fxwatch ack end ID`.
  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end", abstract: "Ends an acknowledgement: reminders go on.")

    @Argument(help: ArgumentHelp("Its number in fxwatch ack list.", valueName: "id"))
    var id: Int64

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.out(try SilenceCommands(try config.desk()).endAcknowledgement(id))
    }
  }
}
