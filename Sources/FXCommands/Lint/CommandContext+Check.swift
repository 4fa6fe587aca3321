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
  ///
  /// Cost: linear in the rules, the series that they watch, and the warnings; 100 000 rules take a
  /// second or two.
  package func check() -> Check {
    let stored =
      (try? self.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }) ?? []
    let rates = rates(stored)
    let scopes = RuleScopes(setup.rules, among: rates.map(\.series))
    var coarse = CoarseTicks(rates)
    var facts = [
      "\(setup.file): ok: \(setup.inventory); state in \(setup.place)"
    ]
    var warnings = setup.warnings
    facts += pollingFacts + proxyFacts + datingFacts
    for (position, rule) in setup.rules.enumerated() {
      let recipients = rule.notify?.joined(separator: ", ") ?? "all notifiers"
      let kind =
        rule.policy.kind == .event
        ? "event: notifies once per publication, never resolved"
        : "state: fires, later resolved"
      let group = rule.group.map { "; one alert for all pairs of a source, \($0)" } ?? ""
      facts.append(
        "rule \(rule.name): \(kind)\(group); \(rule.condition.text); notifies \(recipients)")
      warnings += coarse.warnings(about: rule, at: position, in: scopes).map {
        warning(rule, "when", $0)
      }
    }
    let published = Set(stored.map(\.series.source))
    warnings += ruleWarnings(
      scopes, unpublished: setup.sources.filter { !published.contains($0.name) })
    warnings += setup.store.warnings().map { sentence in
      SettingsProblem(
        mark: .wholeFile(setup.file), path: "store.postgresql", message: sentence, isWarning: true)
    }
    warnings += refusedAddresses() + omittedSensors(of: rates.map(\.series))
    return Check(facts: facts, warnings: warnings.sorted { $0.mark < $1.mark })
  }

  /// The longest time that a due source waits for others, whose servers are slow.
  ///
  /// Empty where none waits, as in most configs.
  private var pollingFacts: [String] {
    guard let longest = PollingBound.longestWait(among: setup.plan.sources), longest > .zero
    else { return [] }
    return [
      "polling: a source that answers within \(DurationText.text(PollingBound.quickAnswer)) is requested"
        + " at most \(DurationText.text(longest)) after it is due, however slow other servers are"
    ]
  }

  /// A word about a proxy of the environment that no source or notifier uses.
  private var proxyFacts: [String] {
    let names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"]
    guard let name = names.first(where: { environment[$0]?.isEmpty == false }),
      setup.sources.allSatisfy({ $0.transfer.proxy == nil })
    else { return [] }
    return [
      "proxy: \(name) is set in the environment, and not used; write 'proxy: URL' in the sources and"
        + " notifiers that need it"
    ]
  }

  /// The meaning of the dates of each source whose description does not state it.
  private var datingFacts: [String] { setup.sources.compactMap(\.assumedDating) }

  private func rates(_ stored: [RateAsOf]) -> [CoarseTicks.PrintedRate] {
    var rates: [Series: CoarseTicks.PrintedRate] = [:]
    for source in setup.sources {
      for (pair, rate) in source.examples {
        let series = Series(source: source.name, pair: pair, side: .mid)
        rates[series] = CoarseTicks.PrintedRate(series, rate, scale: source.scale(of: pair) ?? 0)
      }
    }
    let names = Set(setup.sources.map(\.name))
    for latest in stored where names.contains(latest.series.source) {
      rates[latest.series] = CoarseTicks.PrintedRate(
        latest.series, latest.point.rate, scale: latest.scale)
    }
    return rates.values.sorted { $0.series < $1.series }
  }
}
