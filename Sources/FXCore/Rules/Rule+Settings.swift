extension Rule {
  /// Parses the rules of a config, which can use the named expressions of `definitions`.
  package static func readAll(
    _ sections: [(name: String, section: SettingsSection)], definedBy definitions: SettingsSection?,
    known: KnownNames
  ) -> [Rule] {
    var known = known
    known.definitions = Definitions.read(from: definitions, known: known)
    let rules = sections.compactMap { name, section in
      read(name: name, from: section, known: known)
    }
    // A rule with an error may use any of them.
    if rules.count == sections.count { Definitions.reportUnused(in: definitions, by: rules) }
    return rules
  }

  /// Parses one rule of the config; nil, with every problem reported, if it cannot be used.
  package static func read(
    name: String, from section: SettingsSection, known: KnownNames
  ) -> Rule? {
    let scope = self.scope(in: section, known)
    let condition = self.condition("when", in: section, scope, known.sources)
    if section.node("when") == nil {
      section.problem(
        nil, "'when' is required; write a condition such as when: abs(change) > 1%")
    }
    let release = self.condition("release", in: section, scope, known.sources)
    let pairs = self.pairs(in: section)
    let sources = names("sources", of: "source", among: known.sources, in: section)
    let notify = names("notify", of: "notifier", among: known.notifiers, in: section)
    let (sides, group) = (self.sides(in: section), self.group(in: section))
    let kind = section.choice("kind", Condition.Kind.self)
    let hold = self.hold(in: section)
    let remind = section.duration("remind", minimum: shortestReminder)
    let limit = section.value(
      "at_most", expected: "a number of firings and a time of at least 1m, such as 1 per 1d"
    ) { FiringLimit($0) }
    let once = section.flag("once")
    let expires = section.value("expires", expected: "a day; write it like 2026-12-31") {
      CalendarDay(text: $0)
    }
    let certainty = section.choice("certainty", Certainty.self)
    let severity = section.choice("severity", Severity.self)
    let summary = self.summary(in: section, scope, known.sources)
    let labels = self.labels(in: section)
    section.finish()
    guard let condition else { return nil }
    var rule = Rule(name: name, condition: condition)
    rule.mark = section.node("when")?.mark
    rule.pairs = pairs
    rule.sources = sources.map { Set($0.map { SourceName($0) }) }
    rule.notify = notify
    rule.release = release
    (rule.sides, rule.group) = (sides, group)
    rule.forcedKind = kind
    rule.hold = hold ?? rule.hold
    rule.remind = remind
    rule.limit = limit
    rule.once = once ?? rule.once
    rule.expires = expires
    rule.certainty = certainty ?? rule.certainty
    rule.severity = severity ?? rule.severity
    rule.summary = summary
    rule.labels = labels
    rule.reportConflicts(in: section)
    Definitions.reportUnused(in: section.section("let"), by: [rule])
    if rule.kind == .event { rule.release = nil }
    return rule
  }

  /// Reads the settings that are part of the meaning of conditions.
  private static func scope(in section: SettingsSection, _ known: KnownNames) -> ConditionScope {
    var scope = ConditionScope()
    scope.zones = known.zones
    scope.definitions = Definitions.read(
      from: section.section("let"), within: known.definitions, known: known)
    scope.maxAge = section.duration("max_age", minimum: .seconds(1))
    return scope
  }

  /// Reports keys that do not fit the kind of the condition.
  private func reportConflicts(in section: SettingsSection) {
    reportGroupConflicts(in: section)
    if maxAge != nil, readSources.isEmpty {
      section.problem(
        "max_age",
        "'max_age' has no effect, because the rule reads no other source; remove it, or use"
          + " spread(source) or rate(source)",
        isWarning: true)
    }
    if forcedKind == .state, condition.kind == .event {
      section.problem(
        "kind",
        "'when' is an event, which does not last; remove 'kind', or use a state such as change(24h)"
      )
    }
    if kind == .event {
      if release != nil {
        section.problem(
          "release",
          "'release' has no effect, because 'when' is an event, which does not last; remove"
            + " 'release', or use a state such as change(24h)",
          isWarning: true)
      }
      if case .time = hold {
        section.problem(
          "for",
          "'for' cannot be a duration, because 'when' is an event, which does not last; use a"
            + " number of publications, such as for: 2")
      }
      if remind != nil {
        section.problem(
          "remind",
          "'remind' requires a state, but 'when' is an event, which does not last; remove"
            + " 'remind', or use a state such as change(24h)")
      }
    }
    if let release, release.kind == .event {
      section.problem(
        "release",
        "'release' must be a state, but '\(release.text)' is an event; use a state such as"
          + " change(24h)")
    }
  }

  /// The minimum of `remind`; more frequent reminders are noise.
  private static let shortestReminder: Duration = .seconds(60)

  private static func condition(
    _ key: String, in section: SettingsSection, _ scope: ConditionScope, _ sources: DefinedNames
  ) -> Condition? {
    guard let text = section.string(key) else { return nil }
    do throws(ConditionProblem) {
      let condition = try Condition(text, in: scope)
      if let problem = condition.problem(ofSourcesAmong: sources) { throw problem }
      return condition
    } catch {
      section.report(error, of: key)
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

  /// Returns the problem of a code that ISO 4217 does not list and never did; nil for any other.
  private static func unknown(_ currency: Currency) -> String? {
    guard case .unknown = CurrencyRegistry.status(of: currency) else { return nil }
    let codes = CurrencyRegistry.active.map(\.code)
    return "'\(currency)' is not a currency of ISO 4217"
      + NearestName.suggestion(for: currency.code, among: codes)
  }

  /// Reads the names under a key, each of which must be known; nil if the key is missing.
  static func names(
    _ key: String, of kind: String, among known: DefinedNames, in section: SettingsSection
  ) -> [String]? {
    guard let listed = section.strings(key) else { return nil }
    for (text, mark) in listed where !known.contains(text) {
      section.problem(
        key, at: mark,
        "unknown \(kind) '\(text)'; \(known.choices(insteadOf: text, kind: kind))")
    }
    return listed.map(\.text)
  }

  private static func sides(in section: SettingsSection) -> Set<Side>? {
    guard let listed = section.strings("sides") else { return nil }
    var sides: Set<Side> = []
    for (text, mark) in listed {
      if let side = Side(rawValue: text) {
        sides.insert(side)
      } else {
        section.problem(
          "sides", at: mark, "'\(text)' is not a side; expected one of mid, bid, ask")
      }
    }
    return sides
  }

  private static func hold(in section: SettingsSection) -> Hold? {
    section.value(
      "for", expected: "a number of publications such as 2, or a duration such as 30m"
    ) { text in
      let words = text.split(separator: " ")
      let isCount = words.count == 2 && ["publication", "publications"].contains(words[1])
      if let count = Int(isCount ? String(words[0]) : text) {
        return (0...1000).contains(count) ? .publications(count) : nil
      }
      return DurationText.parse(text).map { .time($0) }
    }
  }

  private static func summary(
    in section: SettingsSection, _ scope: ConditionScope, _ sources: DefinedNames
  ) -> SummaryTemplate? {
    guard let text = section.string("summary") else { return nil }
    do throws(SummaryTemplate.Problem) {
      let template = try SummaryTemplate(text, in: scope)
      for value in template.values {
        if let problem = value.problem(ofSourcesAmong: sources) {
          section.report(problem, of: "summary")
        }
      }
      return template
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
