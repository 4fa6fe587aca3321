import ArgumentParser
import FXCommands

/// The command `fxwatch silence`.
struct SilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Mutes matching alerts for a period.",
    discussion: """
      A silenced alert is evaluated and recorded, but not sent. One that still fires when the silence \
      ends is sent then. Deliveries that wait are muted too, but for resolutions of alerts that were sent. \
      No daemon needs to run.
      """,
    subcommands: [Add.self, List.self, End.self], defaultSubcommand: Add.self)

  /// The command `fxwatch silence add`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Adds a silence for an alert, or for alerts that match every --match.",
      discussion: """
        fxwatch silence ALERT mutes the rule of an alert on its pair and source for 2 hours. With --match, \
        --reason and an end are required; a key given twice matches either of its values.
        """)

    @Argument(
      help: ArgumentHelp(
        "Alerts whose rule, pair and source are muted: identifiers of alerts, or of events about them, or"
          + " beginnings of identifiers.", valueName: "alert"),
      completion: .custom(CompletionWords.alerts))
    var alerts: [String] = []

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp(
        "A matcher: rule=NAME, pair=EUR/USD, source=NAME, severity=info, or LABEL=VALUE of a rule's "
          + "label; with patterns such as pair=*/USD and rule=big-*.", valueName: "key=value"),
      completion: .custom(CompletionWords.matchers))
    var match: [String] = []

    @Option(
      name: .long,
      help: "The same as an argument: the identifier of an alert or of an event about it.",
      completion: .custom(CompletionWords.alerts))
    var alert: String?

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context(configMayBeInvalid: true))
      let named = alerts + (alert.map { [$0] } ?? [])
      let attribution = try commands.attribution(
        author: attribution.author,
        reason: attribution.reason ?? (match.isEmpty && !named.isEmpty ? "muted by hand" : nil))
      let end =
        try commands.expiry(until: expiry.until, for: expiry.duration)
        ?? (match.isEmpty && !named.isEmpty ? commands.defaultExpiry : nil)
      for alert in named.isEmpty ? [nil] : named.map(Optional.some) {
        Console.say(
          try commands.silence(matching: match, alert: alert, by: attribution, until: end).text)
      }
    }
  }

  /// The command `fxwatch silence list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the active silences.")

    @Flag(name: .long, help: "Include expired and ended ones.")
    var all = false

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(
        try SilenceCommands(try config.context(configMayBeInvalid: true)).silences(all: all))
    }
  }

  /// The command `fxwatch silence end ID`.
  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end", abstract: "Ends silences early.")

    @Argument(help: ArgumentHelp("The numbers in fxwatch silence list.", valueName: "id"))
    var ids: [Int64]

    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context(configMayBeInvalid: true))
      for id in ids { Console.say(try commands.endSilence(id)) }
    }
  }
}
