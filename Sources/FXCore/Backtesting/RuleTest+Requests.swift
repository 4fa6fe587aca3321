extension RuleTest.Request {
  /// The word that ends every silence.
  private static let end = "end"

  /// Reads the requests of a step: its `silence` and its `ack`.
  static func read(
    from section: SettingsSection, known: RuleTest.KnownNames
  ) -> [RuleTest.Request] {
    silence(in: section, known) + acknowledgements(in: section, known)
  }

  // MARK: Silences

  private static func silence(
    in section: SettingsSection, _ known: RuleTest.KnownNames
  ) -> [RuleTest.Request] {
    guard let node = section.node("silence") else { return [] }
    guard case .map = node.value, let written = section.section("silence") else {
      if section.string("silence") == end { return [.endSilences] }
      section.problem(
        "silence", "expected a silence such as {match: rule=my-rule, for: 2h}, or '\(end)'")
      return []
    }
    let matchers = (written.strings("match") ?? []).compactMap { text, mark in
      matcher(text, known) { written.problem("match", at: mark, $0) }
    }
    if written.node("match") == nil {
      written.problem(nil, "'match' is missing; write the alerts to mute, such as pair=KGS/USD")
    }
    let duration = duration(of: written, isRequired: true)
    written.finish()
    return duration.map { [.silence(matchers, for: $0)] } ?? []
  }

  private static func matcher(
    _ text: String, _ known: RuleTest.KnownNames, _ report: (String) -> Void
  ) -> SilenceMatcher? {
    let matcher: SilenceMatcher
    do throws(SilenceProblem) {
      matcher = try SilenceMatcher(text, labels: known.labels)
    } catch {
      report(error.message)
      return nil
    }
    func require(_ name: String, _ kind: String, among names: DefinedNames) {
      guard !names.contains(name) else { return }
      report("unknown \(kind) \(name.quoted); \(names.choices(insteadOf: name, kind: kind))")
    }
    switch matcher {
    case .rule(let pattern) where !pattern.hasWildcard:
      require(pattern.text, "rule", among: known.rules)
    case .source(let pattern) where !pattern.hasWildcard:
      require(pattern.text, "source", among: known.sources)
    case .rule, .pair, .source, .severity, .label: break
    }
    return matcher
  }

  // MARK: Acknowledgements

  private static func acknowledgements(
    in section: SettingsSection, _ known: RuleTest.KnownNames
  ) -> [RuleTest.Request] {
    guard let node = section.node("ack") else { return [] }
    guard case .map = node.value, let written = section.section("ack") else {
      return (Rule.names("ack", of: "rule", among: known.rules, in: section) ?? []).map {
        .acknowledge(rule: $0, pair: nil, for: nil)
      }
    }
    let rules = Rule.names("rule", of: "rule", among: known.rules, in: written)
    if written.node("rule") == nil {
      written.problem(nil, "'rule' is missing; write the rule whose alerts are acknowledged")
    }
    let pair = written.value("pair", expected: "a currency pair; write it like EUR/USD") {
      CurrencyPair($0)
    }
    let duration = duration(of: written, isRequired: false)
    written.finish()
    return (rules ?? []).map { .acknowledge(rule: $0, pair: pair, for: duration) }
  }

  private static func duration(of section: SettingsSection, isRequired: Bool) -> Duration? {
    if isRequired, section.node("for") == nil {
      section.problem(nil, "'for' is missing; write a duration such as 2h")
    }
    return section.duration("for", minimum: .seconds(1))
  }
}
