extension StoredState {
  /// Returns the firing alerts that a plan may end, whose firings the engine needs.
  package func endedAlerts(under plan: Plan) -> [String] {
    let firing = alerts.filter { $0.value.progress.firing != nil }
    guard !firing.isEmpty else { return [] }
    let rules = Dictionary(plan.rules.map { ($0.name, $0) }) { first, _ in first }
    let sources = Set(plan.sources.map(\.name))
    let notifiers = plan.notifiers.map(\.name)
    return firing.compactMap { key, state in
      state.end(
        of: key.series, under: rules[key.rule],
        isSourceKnown: sources.contains(key.series.source), notifiers: notifiers) == nil
        ? nil : state.progress.firing?.alertID
    }
  }
}
