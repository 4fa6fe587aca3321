package import FXCore
import FXDaemon
import FXSources

extension CommandContext {
  /// The result of `fxwatch check` for a config without errors.
  package struct Check: Sendable {
    /// The contents of the config, one line each.
    package let facts: [String]

    /// The warnings: problems with which the daemon can run.
    package let warnings: [SettingsProblem]
  }

  /// Checks the rules against the rates of their series: as stored, or the examples of presets before
  /// the first publication.
  package func check() -> Check {
    let stored =
      (try? self.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }) ?? []
    let rates = rates(stored)
    var facts = [
      "\(setup.file): ok: \(setup.inventory); state in \(setup.stateDirectory)"
    ]
    var warnings = setup.warnings
    facts += pollingFacts
    for rule in setup.rules {
      let watched = rates.filter { rule.watches($0.series) }
      let recipients = rule.notify?.joined(separator: ", ") ?? "all notifiers"
      let kind =
        rule.policy.kind == .event
        ? "event: notifies once per publication, never resolved"
        : "state: fires, later resolved"
      facts.append("rule \(rule.name): \(kind); \(rule.condition.text); notifies \(recipients)")
      warnings += coarse(rule, watched, among: rates)
    }
    warnings += ruleWarnings(among: rates.map(\.series))
    return Check(facts: facts, warnings: warnings.sorted { $0.mark < $1.mark })
  }

  /// The longest time that a due source waits for others, whose servers are slow; the longest of all
  /// where they differ.
  private var pollingFacts: [String] {
    let planned = setup.plan.sources
    guard let longest = PollingBound.longestWait(among: planned) else { return [] }
    let wait =
      longest == .zero
      ? "at once when it is due" : "at most \(DurationText.text(longest)) after it is due"
    return [
      "polling: a source that answers within \(DurationText.text(PollingBound.quickAnswer)) is requested"
        + " \(wait), however slow other servers are"
    ]
  }

  /// A series with a rate as it prints it.
  private struct PrintedRate {
    let series: Series
    let rate: Rate
    let scale: Int
  }

  private func rates(_ stored: [RateAsOf]) -> [PrintedRate] {
    var rates: [Series: PrintedRate] = [:]
    for source in setup.sources {
      for (pair, rate) in source.examples {
        let series = Series(source: source.name, pair: pair, side: .mid)
        rates[series] = PrintedRate(
          series: series, rate: rate, scale: max(source.scale(of: pair) ?? 0, rate.printed.scale))
      }
    }
    for latest in stored where setup.sources.contains(where: { $0.name == latest.series.source }) {
      rates[latest.series] = PrintedRate(
        series: latest.series, rate: latest.point.rate, scale: latest.scale)
    }
    return rates.values.sorted { $0.series < $1.series }
  }

  /// Returns warnings for thresholds finer than the tick of a series, with a finer source if one
  /// exists.
  private func coarse(
    _ rule: Rule, _ watched: [PrintedRate], among rates: [PrintedRate]
  ) -> [SettingsProblem] {
    guard rule.certainty != .printed else { return [] }
    return watched.compactMap { printed in
      guard let coarse = coarseness(of: rule, printed) else { return nil }
      let finer = rates.first { other in
        other.series.pair == printed.series.pair && other.series.source != printed.series.source
          && coarseness(of: rule, other) == nil
      }
      let advice = finer.map { "; \($0.series.source) prints the pair finely enough" } ?? ""
      return SettingsProblem(
        mark: rule.mark ?? SettingsMark(file: setup.file, line: 1, column: 1),
        path: "rules.\(rule.name).when", message: coarse + advice, isWarning: true)
    }
  }

  private func coarseness(of rule: Rule, _ printed: PrintedRate) -> String? {
    ConditionLint.coarseTick(
      under: rule.condition, for: printed.series, at: printed.rate, scale: printed.scale
    ).map(\.description)
      ?? ConditionLint.coarseDelta(
        under: rule.condition, for: printed.series, at: printed.rate, scale: printed.scale)
  }
}
