extension Rule {
  /// The words that stand for "every one of them" are the absence of the key; these are the names
  /// that a rule may use.
  package struct KnownNames {
    /// The sources of the config.
    package let sources: [String]

    /// The notifiers of the config.
    package let notifiers: [String]

    /// What a rule may name.
    package init(sources: [String], notifiers: [String]) {
      self.sources = sources
      self.notifiers = notifiers
    }
  }

  /// Reads one rule of the config; nil, with every problem reported, when it cannot be used.
  package static func read(
    name: String, from section: SettingsSection, known: KnownNames
  ) -> Rule? {
    let condition = self.condition("when", in: section, known.sources)
    if section.node("when") == nil {
      section.problem(
        nil, "'when' is missing; say what the rule waits for, for example when: abs(change) > 1%")
    }
    let release = self.condition("release", in: section, known.sources)
    let pairs = self.pairs(in: section)
    let sources = names("sources", of: "source", among: known.sources, in: section)
    let notify = names("notify", of: "notifier", among: known.notifiers, in: section)
    let hold = self.hold(in: section)
    let remind = section.duration("remind", minimum: shortestReminder)
    let once = section.flag("once")
    let expires = section.value("expires", expected: "a day; write it like 2026-12-31") {
      CalendarDay(text: $0)
    }
    let certainty = section.choice("certainty", Certainty.self)
    let severity = section.choice("severity", Severity.self)
    let summary = self.summary(in: section)
    let labels = self.labels(in: section)
    section.finish()
    guard let condition else { return nil }
    if condition.kind == .event {
      if release != nil {
        section.problem(
          "release",
          "'when' is an event, which is told once and does not last, so there is nothing to release"
            + " and this has no effect; drop 'release', or measure a state such as change(24h)",
          isWarning: true)
      }
      if case .time = hold {
        section.problem(
          "for",
          "'when' is an event, which does not last; write a number of publications, such as for: 2")
      }
    }
    if condition.kind == .event, remind != nil {
      section.problem(
        "remind",
        "'when' is an event, which is told once and does not last, so there is nothing to remind of;"
          + " drop 'remind', or measure a state such as change(24h)")
    }
    if let release, release.kind == .event {
      section.problem("release", "'\(release.text)' is an event; a release is a state that lasts")
    }
    var rule = Rule(name: name, condition: condition)
    rule.mark = section.node("when")?.mark
    rule.pairs = pairs
    rule.sources = sources.map { Set($0.map { SourceName($0) }) }
    rule.notify = notify
    rule.release = condition.kind == .event ? nil : release
    rule.hold = hold ?? rule.hold
    rule.remind = remind
    rule.once = once ?? rule.once
    rule.expires = expires
    rule.certainty = certainty ?? rule.certainty
    rule.severity = severity ?? rule.severity
    rule.summary = summary
    rule.labels = labels
    return rule
  }

  /// Reminders more often than this are noise to people and work to the machine.
  private static let shortestReminder: Duration = .seconds(60)

  private static func condition(
    _ key: String, in section: SettingsSection, _ sources: [String]
  ) -> Condition? {
    guard let text = section.string(key) else { return nil }
    do throws(ConditionProblem) {
      let condition = try Condition(text)
      if let problem = condition.problem(ofSourcesAmong: sources) { throw problem }
      return condition
    } catch {
      let excerpt = error.excerpt.split(separator: "\n").map { "\n  \($0)" }.joined()
      section.problem(key, error.message + excerpt)
      return nil
    }
  }

  private static func pairs(in section: SettingsSection) -> [PairPattern] {
    var patterns: [PairPattern] = []
    for (text, mark) in section.strings("pairs") ?? [] {
      guard let pattern = PairPattern(text) else {
        section.problem(
          "pairs", at: mark, "'\(text)' is not a currency pair; write it like EUR/USD or */USD")
        continue
      }
      for currency in pattern.currencies {
        if let message = unknown(currency) { section.problem("pairs", at: mark, message) }
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// Why a code is no currency; nil when ISO 4217 lists it, or once did.
  private static func unknown(_ currency: Currency) -> String? {
    guard case .unknown = CurrencyRegistry.status(of: currency) else { return nil }
    let codes = CurrencyRegistry.active.map(\.code)
    return "'\(currency)' is not a currency of ISO 4217"
      + NearestName.suggestion(for: currency.code, among: codes)
  }

  /// The names under a key, each of which must be known; nil where the key is absent.
  static func names(
    _ key: String, of kind: String, among known: [String], in section: SettingsSection
  ) -> [String]? {
    guard let listed = section.strings(key) else { return nil }
    for (text, mark) in listed where !known.contains(text) {
      let choices =
        known.isEmpty
        ? "there is no \(kind) in the config"
        : "expected one of \(known.sorted().joined(separator: ", "))"
          + NearestName.suggestion(for: text, among: known)
      section.problem(key, at: mark, "unknown \(kind) '\(text)'; \(choices)")
    }
    return listed.map(\.text)
  }

  private static func hold(in section: SettingsSection) -> Hold? {
    section.value(
      "for", expected: "a number of publications such as 2, or a duration such as 30m"
    ) { text in
      if let count = Int(text) { return (0...1000).contains(count) ? .publications(count) : nil }
      return DurationText.parse(text).map { .time($0) }
    }
  }

  private static func summary(in section: SettingsSection) -> SummaryTemplate? {
    guard let text = section.string("summary") else { return nil }
    do {
      return try SummaryTemplate(text)
    } catch {
      section.problem("summary", error.message)
      return nil
    }
  }

  private static func labels(in section: SettingsSection) -> [Label] {
    guard let labels = section.section("labels") else { return [] }
    return labels.keys.compactMap { key in labels.string(key).map { Label(key, $0) } }
  }
}
