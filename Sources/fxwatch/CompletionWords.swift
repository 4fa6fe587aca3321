import FXCommands
import Foundation

/// The words that a shell proposes: the names of the config, and what is stored.
///
/// A config that cannot be read has none. Completions take the config of the command line.
enum CompletionWords {
  @Sendable static func rules(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { $0.ruleNames }
  }

  @Sendable static func sources(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { $0.sourceNames }
  }

  /// Sources of the config, and presets.
  @Sendable static func polled(_ words: [String], _: Int, _ beginning: String) -> [String] {
    Array(Set(names(words) { $0.sourceNames } + CommandContext.presetNames)).sorted()
  }

  @Sendable static func notifiers(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { $0.notifierNames }
  }

  @Sendable static func pairs(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { $0.pairNames }
  }

  @Sendable static func currencies(_ words: [String], _: Int, _ beginning: String) -> [String] {
    let pairs = names(words) { $0.pairNames }
    return Set(pairs.flatMap { $0.split(separator: "/").map(String.init) }).sorted()
  }

  /// The identifiers of the alerts that fire.
  @Sendable static func alerts(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { $0.firingAlerts }
  }

  /// The identifiers of events that wait or failed.
  @Sendable static func events(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { $0.undeliveredEvents }
  }

  @Sendable static func matchers(_ words: [String], _: Int, _ beginning: String) -> [String] {
    names(words) { context in
      let severities = ["info", "notice", "warning", "critical"].map { "severity=\($0)" }
      let names =
        context.ruleNames.map { "rule=\($0)" } + context.sourceNames.map { "source=\($0)" }
      return names + context.pairNames.map { "pair=\($0)" } + severities + context.labelMatchers
    }
  }

  private static func names(
    _ words: [String], _ list: (CommandContext) -> [String]
  ) -> [String] {
    let option = words.firstIndex(of: "--config").flatMap { place in
      place + 1 < words.count ? words[place + 1] : nil
    }
    let file = ConfigOption.file(named: option == "-" ? nil : option)
    let environment = ProcessInfo.processInfo.environment
    let context =
      (try? CommandContext(file: file, environment: environment))
      ?? (try? CommandContext(ofInvalidFile: file, environment: environment)) ?? nil
    return context.map(list) ?? []
  }
}
