import FXCore
import FXDaemon
import FXNotifiers
import FXSources
import FXSystem

extension CommandContext {
  /// Returns warnings about rules that cannot work as written: those that never hold, watch nothing,
  /// repeat another rule or look back further than the history; and about sources that no rule reads.
  ///
  /// `known` are the series that were published, and those of presets.
  func ruleWarnings(among known: [Series]) -> [SettingsProblem] {
    let begins = (try? stored { reader throws(StoreProblem) in try reader.historyStarts() }) ?? [:]
    var found: [SettingsProblem] = []
    for (index, rule) in setup.rules.enumerated() {
      let watched = known.filter { rule.watches($0) }
      found += futility(of: rule)
      if let message = emptiness(of: rule, watched, among: known) {
        found.append(warning(rule, nil, message))
      }
      if let message = repetition(of: rule, after: setup.rules[..<index], watched, among: known) {
        found.append(warning(rule, nil, message))
      }
      if let end = rule.end, let day = rule.expires, end <= SystemClock().now() {
        found.append(warning(rule, "expires", "\(day) is over; the rule has no effect any more"))
      }
      if let message = shortHistory(of: rule, begins) {
        found.append(warning(rule, "when", message))
      }
    }
    return found + unreadSources(among: known) + idleSilences(among: known)
  }

  /// Returns warnings about current silences that match no possible alert.
  private func idleSilences(among known: [Series]) -> [SettingsProblem] {
    let now = SystemClock().now()
    let book = try? stored { reader throws(StoreProblem) in try reader.suppressions(at: now) }
    return (book?.silences ?? []).compactMap { silence in
      let covers = setup.rules.contains { rule in
        known.contains { series in
          rule.watches(series)
            && silence.covers(
              AlertKey(rule: rule.name, series: series), severity: rule.severity)
        }
      }
      guard !covers, !known.isEmpty else { return nil }
      let matchers = silence.matchers.map(\.description).joined(separator: " ")
      return SettingsProblem(
        mark: .wholeFile(setup.file), path: "",
        message: "silence \(silence.id) (\(matchers), by \(silence.author) until \(silence.until))"
          + " matches no alert of this config; end it with fxwatch silence end \(silence.id)",
        isWarning: true)
    }
  }

  private func warning(_ rule: Rule, _ key: String?, _ message: String) -> SettingsProblem {
    SettingsProblem(
      mark: rule.mark ?? SettingsMark(file: setup.file, line: 1, column: 1),
      path: "rules.\(rule.name)" + (key.map { ".\($0)" } ?? ""), message: message, isWarning: true)
  }

  private func futility(of rule: Rule) -> [SettingsProblem] {
    [("when", rule.condition), ("release", rule.release)].compactMap { key, condition in
      guard let condition, let result = ConstantConditions.result(of: condition) else { return nil }
      let verdict = result == .never ? "never holds" : "always holds"
      return warning(rule, key, "'\(condition.text)' \(verdict), whatever the rates are")
    }
  }

  /// Returns the reason why a rule watches nothing; nil also where a source has no known series yet.
  private func emptiness(
    of rule: Rule, _ watched: [Series], among known: [Series]
  ) -> String? {
    let sources = setup.sources.map(\.name).filter { rule.sources?.contains($0) ?? true }
    let printing = Set(known.map(\.source))
    guard watched.isEmpty, !rule.pairs.isEmpty, sources.allSatisfy(printing.contains) else {
      return nil
    }
    let pairs = rule.pairs.map(\.text).joined(separator: ", ")
    let names = sources.map(\.text).joined(separator: ", ")
    let turned = known.first { series in
      let pair = CurrencyPair(base: series.pair.quote, quote: series.pair.base)
      return rule.watches(Series(source: series.source, pair: pair, side: series.side))
    }
    return "no series of \(names) matches \(pairs)"
      + (turned.map { "; \($0.source) prints \($0.pair)" } ?? "")
  }

  /// Returns a warning about a rule that repeats an earlier one.
  private func repetition(
    of rule: Rule, after earlier: ArraySlice<Rule>, _ watched: [Series], among known: [Series]
  ) -> String? {
    for other in earlier
    where other.fingerprint == rule.fingerprint && notifies(other, allOf: rule) {
      if other.pairs == rule.pairs, other.sources == rule.sources {
        return "is the same as rule '\(other.name)'; remove one of them"
      }
      if !watched.isEmpty, watched.allSatisfy({ other.watches($0) }) {
        return
          "has no effect of its own: rule '\(other.name)' is the same and watches all its series"
      }
    }
    return nil
  }

  /// Returns true if a rule notifies all notifiers of another one.
  private func notifies(_ rule: Rule, allOf other: Rule) -> Bool {
    guard let recipients = rule.notify else { return true }
    return (other.notify ?? setup.notifiers.map(\.name)).allSatisfy(recipients.contains)
  }

  /// Returns a warning about a rule whose sources have too short a history.
  private func shortHistory(of rule: Rule, _ begins: [SourceName: Timestamp]) -> String? {
    let now = SystemClock().now()
    let start = rule.reach.start(from: now)
    guard start < now else { return nil }
    let short = begins.filter { source, begin in
      (rule.sources?.contains(source) ?? true) && begin > start
        && setup.sources.contains { $0.name == source }
    }.min { ($0.value, $0.key) > ($1.value, $1.key) }
    guard let (source, begin) = short else { return nil }
    if let since = rule.reach.since, since.start < begin, since.start <= now - rule.reach.window {
      return "looks back to \(since), but the history of \(source) begins on \(begin.day)"
    }
    let able = begin + rule.reach.window
    return
      "looks back \(DurationText.text(rule.reach.window)), but the history of \(source) begins on"
      + " \(begin.day); its verdict is unknown before \(able.day)"
  }

  private func unreadSources(among known: [Series]) -> [SettingsProblem] {
    setup.sources.compactMap { source in
      let series = known.filter { $0.source == source.name }
      let isRead = setup.rules.contains { rule in
        rule.readSources.contains(source.name)
          || (rule.sources?.contains(source.name) ?? true)
            && (series.isEmpty || series.contains { rule.watches($0) })
      }
      guard !isRead else { return nil }
      return SettingsProblem(
        mark: setup.sourceMarks[source.name]
          ?? SettingsMark(file: setup.file, line: 1, column: 1),
        path: "sources.\(source.name)", message: "no rule reads it; its rates are only stored",
        isWarning: true)
    }
  }
}
