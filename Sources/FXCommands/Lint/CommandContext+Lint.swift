import FXCore
import FXDaemon
import FXNotifiers
import FXSources
import FXSystem

extension CommandContext {
  /// Returns warnings about rules that cannot work as written: those that never hold, watch nothing,
  /// repeat another rule or look back further than the history; and about sources that no rule reads.
  ///
  /// `unpublished` are the sources without a stored publication.
  func ruleWarnings(
    _ scopes: RuleScopes, unpublished: [SourceDefinition]
  ) -> [SettingsProblem] {
    let now = SystemClock().now()
    let histories = histories()
    let unmatched = UnmatchedRules(
      scopes, sources: setup.sources.map(\.name), unpublished: unpublished)
    var repeated = RepeatedRules(scopes, notifiers: setup.notifiers.map(\.name))
    var found: [SettingsProblem] = []
    for (position, rule) in setup.rules.enumerated() {
      found += futility(of: rule)
      if let message = unmatched.warning(about: rule, at: position) {
        found.append(warning(rule, nil, message))
      }
      if let message = repeated.warning(about: rule, at: position) {
        found.append(warning(rule, nil, message))
      }
      if let message = smallGroup(of: rule, at: position, in: scopes) {
        found.append(warning(rule, "at_least", message))
      }
      if let day = rule.expires, let end = rule.end, end <= now {
        found.append(warning(rule, "expires", "\(day) is over; the rule has no effect any more"))
      }
      if let message = shortHistory(of: rule, histories, now: now) {
        found.append(warning(rule, "when", message))
      }
    }
    return found + unreadSources(scopes) + idleSilences(scopes)
  }

  /// Returns a warning about a key of a rule, or about the rule.
  func warning(_ rule: Rule, _ key: String?, _ message: String) -> SettingsProblem {
    SettingsProblem(
      mark: rule.mark ?? SettingsMark(file: setup.file, line: 1, column: 1),
      path: "rules.\(rule.name)" + (key.map { ".\($0)" } ?? ""), message: message, isWarning: true)
  }

  /// Returns warnings about current silences that match no possible alert.
  ///
  /// A silence matches a rule by its name, severity and labels: of the rules that it does not name, one of
  /// each scope and severity is tried, and each where it has patterns or labels.
  private func idleSilences(_ scopes: RuleScopes) -> [SettingsProblem] {
    let now = SystemClock().now()
    let book = try? stored { reader throws(StoreProblem) in try reader.suppressions(at: now) }
    guard let silences = book?.silences, !silences.isEmpty, !scopes.series.isEmpty else {
      return []
    }
    let byName = Dictionary(
      setup.rules.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { $1 })
    var tried: Set<[Int]> = []
    let others = setup.rules.indices.filter {
      let severity = Severity.allCases.firstIndex(of: setup.rules[$0].severity) ?? 0
      return tried.insert([scopes.scopeOfRule[$0], severity]).inserted
    }
    return silences.compactMap { silence in
      let named = silence.matchers.compactMap { matcher in
        if case .rule(let pattern) = matcher, !pattern.hasWildcard { pattern.text } else { nil }
      }
      let needsEach = silence.matchers.contains { matcher in
        switch matcher {
        case .rule(let pattern): pattern.hasWildcard
        case .label: true
        case .pair, .source, .severity: false
        }
      }
      let rules =
        needsEach
        ? Array(setup.rules.indices) : named.isEmpty ? others : named.compactMap { byName[$0] }
      let covers = rules.contains { index in
        scopes.scope(ofRule: index).watched.contains {
          silence.covers(SilenceTarget(setup.rules[index], on: scopes.series[$0]))
        }
      }
      guard !covers else { return nil }
      let matchers = silence.matchers.map(\.description).joined(separator: " ")
      return SettingsProblem(
        mark: .wholeFile(setup.file), path: "",
        message: "silence \(silence.id) (\(matchers), by \(silence.author) until \(silence.until))"
          + " matches no alert of this config; end it with fxwatch silence end \(silence.id)",
        isWarning: true)
    }
  }

  /// Returns a warning about a rule that needs more pairs than any of its sources is known to print.
  ///
  /// Cost: linear in the series that it watches.
  private func smallGroup(
    of rule: Rule, at position: Int, in scopes: RuleScopes
  ) -> String? {
    guard case .atLeast(let needed)? = rule.group else { return nil }
    let watched = scopes.scope(ofRule: position).watched.map { scopes.series[$0].source }
    let printing = Set(scopes.series.map(\.source))
    let sources = rule.sources ?? Set(setup.sources.map(\.name))
    guard !watched.isEmpty, sources.isSubset(of: printing) else { return nil }
    let counts = Dictionary(grouping: watched) { $0 }.mapValues(\.count)
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      most.value < needed
    else { return nil }
    return
      "is \(needed), but \(most.key) prints only \(most.value) of its pairs; use a smaller number, or"
      + " more pairs"
  }

  /// Returns the warnings about conditions that hold never or always, and about a `release` that ends each
  /// alert at once.
  private func futility(of rule: Rule) -> [SettingsProblem] {
    var warnings = [
      ("when", rule.condition, rule.certainty), ("release", rule.release, rule.releaseCertainty),
    ].compactMap { key, condition, certainty -> SettingsProblem? in
      guard let condition,
        let (result, reasons) = ConstantConditions.finding(of: condition, certainty: certainty)
      else { return nil }
      let verdict = result == .never ? "never holds" : "always holds"
      return warning(
        rule, key,
        "'\(condition.text)' \(verdict), whatever the rates are"
          + reasons.map { "; \($0)" }.joined())
    }
    if warnings.isEmpty, let release = rule.release,
      let both = try? Condition(
        "(\(rule.condition.text)) and not (\(release.text))", in: rule.condition.scope),
      ConstantConditions.result(of: both, certainty: rule.certainty) == .never
    {
      warnings.append(
        warning(
          rule, "release",
          "'\(release.text)' holds whenever 'when' does, so that each alert is resolved with the next"
            + " publication; write a condition that holds later, such as a lower level"))
    }
    return warnings + emptiness(of: rule)
  }

  /// Returns the warnings about functions that have no value, or always the same, on the sources of a rule.
  private func emptiness(of rule: Rule) -> [SettingsProblem] {
    let sources = setup.plan.sources.filter { rule.sources?.contains($0.name) ?? true }
    var warnings: [SettingsProblem] = []
    if rule.condition.readsCalendar || rule.release?.readsCalendar == true,
      sources.allSatisfy({ $0.schedule.calendar == nil })
    {
      warnings.append(
        warning(
          rule, "when",
          "'missed' is unknown, because none of the rule's sources has a calendar; use age, as in"
            + " age > 1h"))
    }
    if sources.count == 1, let only = sources.first, rule.readSources.contains(only.name) {
      warnings.append(
        warning(
          rule, "when",
          "spread(\(only.name)) compares \(only.name) with itself; name another source, or set"
            + " 'sources' to another one"))
    }
    if rule.kind == .event, FiringWindows.areUsed(in: rule.condition) {
      warnings.append(
        warning(
          rule, "when",
          "'since fired' has no value, because 'when' is an event, which does not last; use since armed,"
            + " which begins with the last firing"))
    } else if FiringWindows.preventFiring(by: rule.condition) {
      warnings.append(
        warning(
          rule, "when",
          "never holds, because 'since fired' has no value before the alert fires; use it in 'release', or"
            + " write since armed"))
    }
    let text = rule.condition.text
    for name in ["new_high", "new_low"] where text.contains("\(name)(1 publication)") {
      warnings.append(
        warning(
          rule, "when",
          "\(name)(1 publication) holds with every \(name == "new_high" ? "rise" : "fall"), because the"
            + " window has no other rate than the current one; use a longer window, as in"
            + " \(name)(30d)"))
    }
    return warnings
  }

  /// The beginnings of the stored histories of the config's sources, the latest first.
  private func histories() -> [(source: SourceName, begin: Timestamp)] {
    let begins = (try? stored { reader throws(StoreProblem) in try reader.historyStarts() }) ?? [:]
    let names = Set(setup.sources.map(\.name))
    return begins.filter { names.contains($0.key) }.map { ($0.key, $0.value) }
      .sorted { ($0.begin, $0.source) > ($1.begin, $1.source) }
  }

  /// Returns a warning about a rule whose sources have too short a history.
  private func shortHistory(
    of rule: Rule, _ histories: [(source: SourceName, begin: Timestamp)], now: Timestamp
  ) -> String? {
    let start = rule.reach.start(from: now)
    guard start < now else { return nil }
    let latest = histories.first { rule.sources?.contains($0.source) ?? true }
    guard let (source, begin) = latest, begin > start else { return nil }
    if let since = rule.reach.since, since.start < begin, since.start <= now - rule.reach.window {
      return "looks back to \(since), but the history of \(source) begins on \(begin.day)"
    }
    let able = begin + rule.reach.window
    return
      "looks back \(DurationText.text(rule.reach.window)), but the history of \(source) begins on"
      + " \(begin.day); its verdict is unknown before \(able.day)"
  }

  private func unreadSources(_ scopes: RuleScopes) -> [SettingsProblem] {
    let printing = Set(scopes.series.map(\.source))
    let firstRules = scopes.firstRules.map { setup.rules[$0] }
    let readsAll = firstRules.contains { $0.sources == nil }
    let named = Set(firstRules.flatMap { $0.sources ?? [] })
    let watched = Set(scopes.scopes.flatMap { $0.watched.map { scopes.series[$0].source } })
    let read = setup.rules.reduce(into: watched) { $0.formUnion($1.readSources) }
    return setup.sources.compactMap { source in
      let mayBeRead = !printing.contains(source.name) && (readsAll || named.contains(source.name))
      guard !read.contains(source.name), !mayBeRead else { return nil }
      return SettingsProblem(
        mark: setup.sourceMarks[source.name]
          ?? SettingsMark(file: setup.file, line: 1, column: 1),
        path: "sources.\(source.name)", message: "no rule reads it; its rates are only stored",
        isWarning: true)
    }
  }
}
