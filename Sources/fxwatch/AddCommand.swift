import ArgumentParser
import FXCommands
import FXCore
import FXDaemon
import Foundation

/// The command `fxwatch add`.
struct AddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Adds a source, a rule or a notifier to the config file, and keeps its comments.",
    discussion: """
      The file is replaced only if the new config is valid. With --print it is left as it is, and what \
      to paste is printed.
      """,
    subcommands: [Source.self, Rule.self, Notifier.self])

  /// The options of all three.
  struct Target: ParsableArguments {
    @Flag(name: .long, help: "Print what to paste instead of changing the file.")
    var print = false

    @OptionGroup var config: ConfigOption

    /// Adds an entry, or prints it.
    func add(_ entry: ConfigEntry, to section: String) throws {
      let added = AddedEntry(entry, to: section)
      if print { return Console.say(added.snippet) }
      Console.say(
        try added.add(to: config.file, environment: ProcessInfo.processInfo.environment))
    }

    /// Returns `--set` values as settings; their values are YAML.
    func settings(_ texts: [String]) throws -> [(key: String, value: String)] {
      try texts.map(NotifierAnswers.setting)
    }
  }

  /// The command `fxwatch add source NAME`.
  struct Source: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "source", abstract: "Adds a source: a preset, or a page that is described.")

    @Argument(help: "The name of the source; of a preset its own name.")
    var name: String

    @Option(
      name: .long, help: "The preset. Default: the one of this name, without --url.",
      completion: .list(CommandContext.presetNames))
    var preset: String?

    @Option(name: .long, help: "The address of the page.")
    var url: String?

    @Option(name: .long, help: "The format of the page: json, xml, html, csv, text, regex or xlsx.")
    var format: String?

    @Option(name: .long, help: "The interval between requests, such as 15m.")
    var every: String?

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp("Another setting, with its value in YAML.", valueName: "key=value"))
    var set: [String] = []

    @OptionGroup var target: Target

    func run() async throws {
      let preset = preset ?? (format == nil ? name : nil)
      if let preset, !CommandContext.presetNames.contains(preset) {
        throw CommandFailure.usage(
          "unknown preset \(preset.quoted); 'fxwatch sources' lists all, or describe a page with --url"
            + " and --format"
            + NearestName.suggestion(for: preset, among: CommandContext.presetNames))
      }
      let settings: [(key: String, value: String?)] = [
        ("preset", preset), ("url", url), ("format", format), ("every", every),
      ]
      try target.add(
        ConfigEntry(
          name,
          settings.compactMap { key, value in value.map { (key, ConfigEntry.text($0)) } }
            + target.settings(set)), to: "sources")
    }
  }

  /// The command `fxwatch add rule NAME`.
  struct Rule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rule", abstract: "Adds a rule.")

    @Argument(help: "The name of the rule.")
    var name: String

    @Option(
      name: .long,
      help: ArgumentHelp("The condition, such as \"abs(change) > 1%\".", valueName: "condition"))
    var when: String

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp("A pair, or a pattern such as */USD. Default: all.", valueName: "pair"),
      completion: .custom(CompletionWords.pairs))
    var pair: [String] = []

    @Option(
      name: .long, parsing: .singleValue, help: "A source. Default: all.",
      completion: .custom(CompletionWords.sources))
    var source: [String] = []

    @Option(
      name: .long, parsing: .singleValue, help: "A notifier. Default: all.",
      completion: .custom(CompletionWords.notifiers))
    var notify: [String] = []

    @Option(
      name: .long, help: "info, notice, warning or critical.",
      completion: .list(["info", "notice", "warning", "critical"]))
    var severity: String?

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp("Another setting, with its value in YAML.", valueName: "key=value"))
    var set: [String] = []

    @OptionGroup var target: Target

    func run() async throws {
      var settings: [(key: String, value: String)] = []
      for (key, list) in [("pairs", pair), ("sources", source), ("notify", notify)]
      where !list.isEmpty {
        settings.append((key, ConfigEntry.list(list)))
      }
      settings.append(("when", ConfigEntry.text(when)))
      if let severity { settings.append(("severity", ConfigEntry.text(severity))) }
      try target.add(ConfigEntry(name, settings + target.settings(set)), to: "rules")
    }
  }

  /// The command `fxwatch add notifier NAME`.
  struct Notifier: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "notifier", abstract: "Adds a notifier; asks for what it needs.",
      discussion: "A secret that is asked for is kept in a file beside the config.")

    @Argument(help: "The name of the notifier.")
    var name: String

    @Option(
      name: .long, help: "The type, such as ntfy.",
      completion: .list(NotifierQuestions.all.map(\.kind)))
    var type: String

    @Option(
      name: .long, parsing: .singleValue,
      help: ArgumentHelp(
        "A setting. The value of a secret is a file that contains it.", valueName: "key=value"))
    var set: [String] = []

    @OptionGroup var target: Target

    func run() async throws {
      let answers = NotifierAnswers(
        kind: type, given: try target.settings(set),
        writer: ConfigWriter(
          file: target.config.file, environment: ProcessInfo.processInfo.environment))
      try target.add(try answers.entry(named: name), to: "notifiers")
    }
  }
}
