import ArgumentParser
import FXCommands
import FXCore
import FXDaemon
import Foundation

/// The command `fxwatch init`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a first config from a few answers or options, and tries it.",
    discussion: """
      Asks for pairs, proposes publishers that print them, a rule and a notifier. Then validates the \
      config, reads each source once and sends a test. With --pair nothing is asked. Without --config \
      the file is fxwatch.yaml in this directory, which other commands then find there.
      """)

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A pair to watch, such as USD/KGS; may be repeated.", valueName: "pair"))
  var pair: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A preset to read; may be repeated. Default: one that prints each pair.", valueName: "preset"),
    completion: .list(CommandContext.presetNames))
  var source: [String] = []

  @Option(
    name: .long, help: "Another address of the preset's page; with one --source only.")
  var url: String?

  @Option(name: .long, help: "The change that is reported.")
  var threshold: String?

  @Option(
    name: .long, help: "The type of the notifier. Default: stdout.",
    completion: .list(NotifierQuestions.all.map(\.kind)))
  var notify: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A setting of the notifier. The value of a secret is a file that contains it.",
      valueName: "key=value"))
  var set: [String] = []

  @OptionGroup var config: ConfigOption

  func run() async throws {
    guard pair.isEmpty == false || Question.isPossible else {
      throw CommandFailure.usage("no terminal to ask at; use --pair, and --notify for a notifier")
    }
    guard url == nil || source.count == 1 else {
      throw CommandFailure.usage("--url: name one preset with --source")
    }
    let steps = try FirstSteps(
      file: config.config ?? "fxwatch.yaml", environment: ProcessInfo.processInfo.environment)
    let pairs = try wantedPairs()
    let chosen = try publishers(of: pairs)
    let percent = try wantedThreshold()
    let kind = try wantedKind()
    let answers = NotifierAnswers(
      kind: kind, given: try set.map(NotifierAnswers.setting), writer: steps.writer)
    let first = FirstConfig(
      sources: chosen.sources, pairs: chosen.pairs, threshold: percent,
      notifiers: [try answers.entry(named: kind == "stdout" ? "console" : kind)])
    try steps.write(first)
    let file = config.config ?? "fxwatch.yaml"
    Console.say("wrote \(file)\nreading the sources once:")
    for line in try await steps.poll(first.pairs) { Console.say(line) }
    Console.say("sending a test:")
    for line in try await steps.test() { Console.say(line) }
    let option = config.config.map { " --config \($0)" } ?? ""
    Console.say("next: fxwatch run\(option)   and, in another terminal, fxwatch watch\(option)")
  }

  private func wantedPairs() throws -> [CurrencyPair] {
    let texts =
      pair.isEmpty
      ? try Question.ask("Pairs to watch, such as USD/KGS EUR/USD")
        .split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init) : pair
    return try texts.map { text in
      guard let pair = CurrencyPair(text.uppercased()), pair.base != pair.quote else {
        throw CommandFailure.usage("\(text.quoted) is not a currency pair; write it as USD/KGS")
      }
      return pair
    }
  }

  /// Returns the presets, and the pairs in the direction that these print.
  private func publishers(
    of pairs: [CurrencyPair]
  ) throws -> (sources: [FirstConfig.Source], pairs: [CurrencyPair]) {
    for name in source where !CommandContext.presetNames.contains(name) {
      throw CommandFailure.usage(
        "unknown preset \(name.quoted); 'fxwatch sources' lists all"
          + NearestName.suggestion(for: name, among: CommandContext.presetNames))
    }
    var names: [String] = source
    var printed: [CurrencyPair] = []
    for pair in pairs {
      let all = PublisherProposals(for: pair).proposals
      let offered = source.isEmpty ? all : all.filter { source.contains($0.preset) }
      guard let best = offered.first else {
        guard source.isEmpty else {
          printed.append(pair)
          continue
        }
        throw CommandFailure.failed(
          "no preset prints \(pair) or its inverse; describe a page that does with 'fxwatch add"
            + " source', see fxwatch-sources(5)")
      }
      var choice = best
      if source.isEmpty, self.pair.isEmpty, offered.count > 1 {
        choice = try ask(about: pair, offered)
      }
      printed.append(choice.pair)
      if !names.contains(choice.preset) { names.append(choice.preset) }
    }
    return (names.map { .init(preset: $0, url: url) }, printed)
  }

  private func ask(
    about pair: CurrencyPair, _ offered: [PublisherProposals.Proposal]
  ) throws -> PublisherProposals.Proposal {
    Console.error("Publishers of \(pair):")
    for proposal in offered.prefix(PublisherProposals.listed) {
      Console.error(
        "  \(proposal.preset): \(proposal.publisher), prints \(proposal.pair)"
          + (proposal.isCertain ? "" : " (to be tried)"))
    }
    while true {
      let answer = try Question.ask("Publisher", default: offered[0].preset)
      if let choice = offered.first(where: { $0.preset == answer }) { return choice }
      Console.error("unknown publisher \(answer.quoted); write the word before a colon above")
    }
  }

  private func wantedThreshold() throws -> String {
    let text =
      try threshold
      ?? (pair.isEmpty ? Question.ask("Notify of a change of more than", default: "1%") : "1%")
    let number = text.hasSuffix("%") ? String(text.dropLast()) : text
    guard let value = ExactDecimal(number.filter { $0 != " " }), !value.isNegative else {
      throw CommandFailure.usage("\(text.quoted) is not a change; write it as 1% or 0.5%")
    }
    return "\(value)%"
  }

  private func wantedKind() throws -> String {
    if let notify { return notify }
    guard pair.isEmpty else { return "stdout" }
    Console.error("Ways to be notified:")
    for kind in NotifierQuestions.all { Console.error("  \(kind.kind): \(kind.summary)") }
    while true {
      let answer = try Question.ask("Notify by", default: "stdout")
      if NotifierQuestions.about(answer) != nil { return answer }
      Console.error("unknown way \(answer.quoted); write the word before a colon above")
    }
  }
}
