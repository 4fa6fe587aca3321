extension Expectation {
  /// The word for the type of an expected event.
  private enum Verb: String, CaseIterable {
    case fires
    case resolves
    case reminds
    case corrects
    case down
    case recovers
    case stale
    case suspect
    case vanished
    case digest

    var type: NotificationType {
      switch self {
      case .fires: .alertFiring
      case .resolves: .alertResolved
      case .reminds: .alertReminder
      case .corrects: .alertCorrection
      case .down: .sourceDown
      case .recovers: .sourceRecovered
      case .stale: .sourceStale
      case .suspect: .sourceSuspect
      case .vanished: .sourceVanished
      case .digest: .digest
      }
    }

    var isOfSource: Bool { type.rawValue.hasPrefix("source.") }
  }

  /// Reads one entry of `expect`: one expectation, or one for each pair it names.
  static func read(from section: SettingsSection, known: RuleTest.KnownNames) -> [Expectation] {
    let verbs = Verb.allCases.filter { section.node($0.rawValue) != nil }
    guard verbs.count == 1, let verb = verbs.first else {
      let words = Verb.allCases.map(\.rawValue)
      let others = ["pair", "source", "to"] + Field.allCases.map(\.rawValue)
      if let second = verbs.dropFirst().first {
        section.problem(
          second.rawValue, "only one event is expected here; add another entry for this one")
      } else if section.keys.allSatisfy(others.contains) {
        section.problem(
          nil,
          "the expected event is missing; write one of \(words.joined(separator: ", ")), for example"
            + " {fires: \(known.rules.all.first ?? "my-rule")}")
      }
      for key in others { _ = section.node(key) }
      section.finish()
      return []
    }
    var subjects: [String]?
    var pairs: [CurrencyPair?] = [nil]
    var source: SourceName?
    var recipients: [String]?
    if verb == .digest {
      // A digest has recipients only.
      recipients = Rule.names(verb.rawValue, of: "notifier", among: known.notifiers, in: section)
      subjects = [""]
    } else {
      let names = verb.isOfSource ? known.sources : known.rules
      subjects = Rule.names(
        verb.rawValue, of: verb.isOfSource ? "source" : "rule", among: names, in: section)
      recipients = Rule.names("to", of: "notifier", among: known.notifiers, in: section)
    }
    if !verb.isOfSource, verb != .digest {
      if let texts = section.strings("pair") {
        pairs = texts.map { pair($0.text, $0.mark, section) }
      }
      source = Rule.names("source", of: "source", among: known.sources, in: section)?.first
        .map { SourceName($0) }
    }
    let fields = Field.allCases.compactMap { field in
      section.string(field.rawValue).map { (field, $0) }
    }
    section.finish()
    return (subjects ?? []).flatMap { subject in
      pairs.map { pair in
        Expectation(
          mark: section.mark, type: verb.type, subject: subject, pair: pair, source: source,
          recipients: recipients, fields: fields)
      }
    }
  }

  private static func pair(
    _ text: String, _ mark: SettingsMark, _ section: SettingsSection
  ) -> CurrencyPair? {
    if let pair = CurrencyPair(text) { return pair }
    section.problem(
      "pair", at: mark, "\(text.quoted) is not a currency pair; write it like EUR/USD")
    return nil
  }
}
