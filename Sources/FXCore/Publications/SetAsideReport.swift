/// Reports the rows that readers set aside, each once: a publisher may print a bad row for years.
///
/// Of a reading with very many only the first `SetAsideRow.mostNamed` count.
struct SetAsideReport {
  let source: TrackedSource

  /// Reports the rows of a reading that were not reported before.
  func report(_ reading: SourceReading, in decision: DecisionBuilder) {
    guard !reading.setAside.isEmpty else { return }
    let rows = reading.setAside.filter { $0.retired == nil }.prefix(SetAsideRow.mostNamed)
    var known = Set(source.setAside)
    let new = rows.filter { known.insert($0.subject).inserted }
    guard !new.isEmpty else { return }
    // Those of the reading are the last to be forgotten.
    let current = Set(rows.map(\.subject))
    let subjects = source.setAside.filter { !current.contains($0) } + current.sorted()
    var state = SourceState()
    state.lastFailure = subjects.suffix(SetAsideRow.mostNamed).joined(separator: "\n")
    decision.changeset.sources[.setAside(of: source.name)] = state
    decision.notify(
      .sourceSuspect,
      SuspectPayload.data(
        new.map { SuspectPayload.Finding(setAside: $0) }, on: source.name, severity: .warning),
      orderingKey: "source \(source.name)")
  }
}
