/// The longest time that a due source waits for the polls of others.
package enum PollingBound {
  /// The time within which a source has to answer for the bound to hold.
  package static var quickAnswer: Duration { SourceLimits.paces.first ?? .zero }

  /// Returns the bound that holds for each of these sources, however slow the servers of the others
  /// are; nil where there is no source.
  ///
  /// A transfer that has become slow leaves its place, so the sources before it in one queue leave
  /// theirs after `quickAnswer` at the latest: as many at a time as a class, or its server, has places.
  /// Cost: linear in the sources.
  package static func longestWait(among sources: [PlannedSource]) -> Duration? {
    var cadences: [Int: Int] = [:]
    var servers: [String: Int] = [:]
    for source in sources {
      cadences[FetchSlots.cadence(of: source), default: 0] += 1
      servers[source.server, default: 0] += 1
    }
    guard let peers = cadences.values.max(), let neighbours = servers.values.max() else {
      return nil
    }
    let rounds = max(
      (peers - 1) / SourceLimits.transfersPerClass,
      (neighbours - 1) / SourceLimits.quickTransfersPerServer)
    return quickAnswer * rounds
  }
}
