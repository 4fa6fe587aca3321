/// Reports that a source served an edition again that another one had replaced, as caches do.
struct OldCopyReport {
  let source: TrackedSource

  /// Reports an old copy, unless that was done within the last day.
  func report(in decision: DecisionBuilder) {
    guard source.editions.isToReport(at: decision.now) else { return }
    decision.changeset.sources[.editions(of: source.name)] =
      source.editions.reporting(at: decision.now).state
    decision.notify(
      .sourceSuspect,
      SuspectPayload.data([.oldCopy], on: source.name, severity: .notice),
      orderingKey: "source \(source.name)")
  }
}
