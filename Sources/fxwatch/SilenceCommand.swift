import ArgumentParser
import FXCommands

/// The command `fxwatch silence`.
struct SilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Keeps alerts from being told for a while.",
    discussion: """
      A silenced alert is evaluated and recorded, and told to nobody. One that still fires when its \
      silence is over is told then. What was already on its way is still delivered.
      """,
    subcommands: [Add.self, List.self, End.self])

  /// The command `fxwatch silence add`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Silences alerts that agree with every --match.",
      discussion: "The same key given twice means either of its values.")

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp(
        "What to silence: rule=NAME, pair=EUR/USD or a pattern such as */USD, source=NAME, "
          + "severity=info.", valueName: "key=value"))
    var match: [String] = []

    @OptionGroup var attribution: AttributionOptions
    @OptionGroup var expiry: ExpiryOptions
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let desk = SilenceCommands(try config.desk())
      Console.out(
        try desk.silence(
          matching: match,
          by: try desk.attribution(author: attribution.author, reason: attribution.reason),
          until: try desk.expiry(until: expiry.until, for: expiry.duration)))
    }
  }

  /// The command `fxwatch silence list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The silences in force; with --all, every one there was.")

    @Flag(name: .long, help: "Also those that are over.")
    var all = false

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      format.show(try SilenceCommands(try config.desk()).silences(all: all))
    }
  }

  /// The command `fxwatch silence end ID`.
  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end", abstract: "Ends a silence before its time.")

    @Argument(help: ArgumentHelp("Its number in fxwatch silence list.", valueName: "id"))
    var id: Int64

    @OptionGroup var config: ConfigOption

    func run() async throws {
      Console.out(try SilenceCommands(try config.desk()).endSilence(id))
    }
  }
}

/// The options `--author` and `--reason` of silences and acknowledgements.
struct AttributionOptions: ParsableArguments {
  @Option(name: .long, help: "Who asks for it.")
  var author: String

  @Option(name: .long, help: "Why, for whoever wonders later.")
  var reason: String
}

/// The options `--until` and `--for` of silences and acknowledgements.
struct ExpiryOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Until an instant in UTC such as 2026-02-20T18:00:00Z, or the first one of a day.",
      valueName: "instant"))
  var until: String?

  @Option(
    name: .customLong("for"), help: ArgumentHelp("For so long: 90m, 8h, 7d.", valueName: "duration")
  )
  var duration: String?
}
