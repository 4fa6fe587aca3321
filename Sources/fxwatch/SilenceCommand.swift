import ArgumentParser
import FXCommands

/// The command `fxwatch silence`.
struct SilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Mutes matching alerts for a period.",
    discussion: """
      A silenced alert is evaluated and recorded, but not sent. One that still fires when the silence \
      ends is sent then. Deliveries that are already queued are still made.
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

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let commands = SilenceCommands(try config.context())
      Console.say(
        try commands.silence(
          matching: match,
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
      format.show(try SilenceCommands(try config.context()).silences(all: all))
    }
  }

  /// The command `fxwatch silence end ID`.
  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end", abstract: "Ends a silence early.")

    @Argument(help: ArgumentHelp("The number in fxwatch silence list.", valueName: "id"))
    var id: Int64

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.say(try SilenceCommands(try config.context()).endSilence(id))
    }
  }
}
