extension SourceName {
  /// What is stored of the way to all sources stands beside the sources, under a name none of them
  /// can have.
  package static let network = SourceName("*")
}

extension Engine {
  /// What receivers read as `source` when the fault is on the way to all of them.
  static let networkLabel = "network"

  /// The fewest hosts whose silence together says that it is not they who fail.
  static let fewestSilentHosts = 2

  /// Whether a source that fails is one of all: nothing was read from any source since it began to
  /// fail, and at least one other host has been tried in vain.
  ///
  /// Cost: linear in the sources; asked only when one is about to be told of.
  func isNetworkFault(_ planned: PlannedSource, _ state: SourceState) -> Bool {
    guard state.isUnreachable, let since = state.failingSince else { return false }
    if network.downSince != nil { return true }
    var silent: Set<String> = [planned.host]
    for memory in sources.values where memory.planned.name != planned.name {
      if let success = memory.state.lastSuccess, success >= since { return false }
      if memory.state.isUnreachable { silent.insert(memory.planned.host) }
    }
    return silent.count >= Self.fewestSilentHosts
  }

  /// Tells once that no source can be reached.
  func tellOfNetwork(
    because reason: String, _ state: SourceState, at now: Timestamp, into decision: inout Decision
  ) {
    guard network.downSince == nil else { return }
    var fault = network
    fault.downSince = now
    fault.failures = state.failures
    decision.changeset.sources[.network] = fault
    tellOfSource(
      .sourceDown, Self.networkLabel, severity: .warning,
      summary: "no source can be reached; the last one said: \(reason)", reason: reason,
      since: state.failingSince, failures: state.failures, at: now, into: &decision)
  }

  /// Tells that a source was read again.
  func noteReached(at now: Timestamp, into decision: inout Decision) {
    guard let since = network.downSince else { return }
    decision.changeset.sources[.network] = SourceState()
    tellOfSource(
      .sourceRecovered, Self.networkLabel, severity: .notice,
      summary: "sources can be reached again", reason: nil, since: since,
      failures: network.failures, at: now, into: &decision)
  }
}
