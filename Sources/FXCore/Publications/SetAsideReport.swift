/// Reports the rows that readers set aside, each once: a publisher may print a bad row for years.
struct SetAsideReport {
  let source: TrackedSource

  /// Reports the rows of a reading that were not reported before.
  func report(_ reading: SourceReading, in decision: DecisionBuilder) {
    guard !reading.setAside.isEmpty else { return }
    var known = Set(source.setAside)
    var new: [SetAsideRow] = []
    for row in reading.setAside where row.retired == nil && new.count < SetAsideRow.mostNamed {
      if known.insert(row.subject).inserted { new.append(row) }
    }
    guard !new.isEmpty else { return }
    var state = SourceState()
    state.lastFailure = (source.setAside + new.map(\.subject)).suffix(SetAsideRow.mostNamed)
      .joined(separator: "\n")
    decision.changeset.sources[.setAside(of: source.name)] = state
    decision.notify(
      .sourceSuspect,
      SuspectPayload.data(
        new.map { SuspectPayload.Finding(setAside: $0) }, on: source.name, severity: .warning),
      orderingKey: "source \(source.name)")
  }
}
