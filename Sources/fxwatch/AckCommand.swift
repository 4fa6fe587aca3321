import ArgumentParser
import FXCommands
import FXDaemon

/// The command `fxwatch ack`.
struct AckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Acknowledges an alert: stops its reminders.",
    discussion: "Its resolution is still sent.",
    subcommands: [Add.self, List.self, End.self], defaultSubcommand: Add.self)

  /// The command `fxwatch ack ALERT`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Acknowledges firing alerts until they are resolved.")

    @Argument(
      help: ArgumentHelp(
        "Identifiers of alerts, or of events about them, or beginnings of identifiers.",
        valueName: "alert"), completion: .custom(CompletionWords.alerts))
    var alerts: [String] = []

    @Option(
      name: .long, help: ArgumentHelp("All firing alerts of this rule.", valueName: "name"),
      completion: .custom(CompletionWords.rules))
    var rule: String?

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context(configMayBeInvalid: true))
      let attribution = try commands.attribution(
        author: self.attribution.author, reason: self.attribution.reason ?? "seen")
      let end = try commands.expiry(until: expiry.until, for: expiry.duration)
      let alerts = try alerts + (rule.map { try commands.firingAlerts(ofRule: $0) } ?? [])
      guard !alerts.isEmpty else {
        throw CommandFailure.usage("missing alert; give identifiers of alerts, or --rule")
      }
      for alert in alerts {
        Console.say(try commands.acknowledge(alert, by: attribution, until: end))
      }
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
      format.show(
        try SilenceCommands(try config.context(configMayBeInvalid: true)).acknowledgements(all: all)
      )
    }
  }

  /// The command `fxwatch ack end ID`.
  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end", abstract: "Ends acknowledgements: reminders are sent again.")

    @Argument(help: ArgumentHelp("The numbers in fxwatch ack list.", valueName: "id"))
    var ids: [Int64]

    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context(configMayBeInvalid: true))
      for id in ids { Console.say(try commands.endAcknowledgement(id)) }
    }
  }
}
