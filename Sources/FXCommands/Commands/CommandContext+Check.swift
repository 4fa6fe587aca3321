package import FXCore
import FXDaemon
import FXSources

extension CommandContext {
  /// What `fxwatch check` says of a config without errors: what it asks for, and what will
  /// disappoint.
  package struct Check: Sendable {
    /// One line each.
    package let facts: [String]

    /// Findings that the daemon can run with.
    package let warnings: [SettingsProblem]
  }

  /// Looks at the rules beside the figures their series print: as stored, or as the presets know
  /// them before the first publication.
  package func check() -> Check {
    let stored =
      (try? self.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }) ?? []
    let figures = figures(stored)
    var facts = [
      "\(setup.file): ok: \(setup.inventory); state in \(setup.stateDirectory)"
    ]
    var warnings = setup.warnings
    for rule in setup.rules {
      let watched = figures.filter { rule.watches($0.series) }
      let told = rule.notify?.joined(separator: ", ") ?? "all notifiers"
      let kind =
        rule.policy.kind == .event
        ? "event: told once per publication, never resolved" : "state: fires, later resolved"
      facts.append("rule \(rule.name): \(kind); \(rule.condition.text); tells \(told)")
      warnings += coarse(rule, watched, among: figures)
    }
    warnings += disappointments(among: figures.map(\.series))
    return Check(facts: facts, warnings: warnings.sorted { $0.mark < $1.mark })
  }

  /// A series with a figure as it prints it.
  private struct Figure {
    let series: Series
    let rate: Rate
    let scale: Int
  }

  private func figures(_ stored: [RateAsOf]) -> [Figure] {
    var figures: [Series: Figure] = [:]
    for source in setup.sources {
      for (pair, rate) in source.examples {
        let series = Series(source: source.name, pair: pair, side: .mid)
        figures[series] = Figure(
          series: series, rate: rate, scale: max(source.scale(of: pair) ?? 0, rate.printed.scale))
      }
    }
    for latest in stored where setup.sources.contains(where: { $0.name == latest.series.source }) {
      figures[latest.series] = Figure(
        series: latest.series, rate: latest.point.rate, scale: latest.scale)
    }
    return figures.values.sorted { $0.series < $1.series }
  }

  /// Thresholds finer than what a series can show, with a finer source where there is one.
  private func coarse(
    _ rule: Rule, _ watched: [Figure], among figures: [Figure]
  ) -> [SettingsProblem] {
    guard rule.certainty != .printed else { return [] }
    return watched.compactMap { figure in
      guard let coarse = coarseness(of: rule, figure) else { return nil }
      let finer = figures.first { other in
        other.series.pair == figure.series.pair && other.series.source != figure.series.source
          && coarseness(of: rule, other) == nil
      }
      let advice = finer.map { "; \($0.series.source) prints the pair finely enough" } ?? ""
      return SettingsProblem(
        mark: rule.mark ?? SettingsMark(file: setup.file, line: 1, column: 1),
        path: "rules.\(rule.name).when", message: coarse + advice, isWarning: true)
    }
  }

  private func coarseness(of rule: Rule, _ figure: Figure) -> String? {
    ConditionLint.coarseTick(
      under: rule.condition, for: figure.series, at: figure.rate, scale: figure.scale
    ).map(\.description)
      ?? ConditionLint.coarseDelta(
        under: rule.condition, for: figure.series, at: figure.rate, scale: figure.scale)
  }
}
