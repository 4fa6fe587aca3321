import ArgumentParser
import FXCommands

/// The command `fxwatch silence`.
struct SilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Mutes matching alerts for a period.",
    discussion: """
      A silenced alert is evaluated and recorded, but not sent. One that still fires when the silence \
      ends is sent then. Deliveries that wait are muted too, but for resolutions of alerts that were sent.
      """,
    subcommands: [Add.self, List.self, End.self])

  /// The command `fxwatch silence add`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Adds a silence for alerts that match every --match.",
      discussion: "A key given twice matches either of its values.")

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp(
        "A matcher: rule=NAME, pair=EUR/USD or a pattern such as */USD, source=NAME, "
          + "severity=info.", valueName: "key=value"))
    var match: [String] = []

    @Option(
      name: .long,
      help: "Mute the rule and the pair of this alert: its identifier or that of an event about it."
    )
    var alert: String?

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context(configMayBeInvalid: true))
      Console.say(
        try commands.silence(
          matching: match, alert: alert,
          by: try commands.attribution(author: attribution.author, reason: attribution.reason),
          until: try commands.expiry(until: expiry.until, for: expiry.duration)))
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
