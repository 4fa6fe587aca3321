/// The limits of polling, each with its unit and reason.
package enum SourceLimits {
  /// Concurrent transfers from sources: enough for a hundred sources, few for any connection.
  package static let transfers = 8

  /// Concurrent transfers to one host: banks throttle, and some drop connections.
  package static let transfersPerHost = 1

  /// The number of failed attempts in a row after which a source is reported as down: the slot, its
  /// retry and the next slot.
  package static let failuresUntilDown = 3

  /// The number of intervals without an answer after which the next publication counts as found
  /// late: more than a failed poll and its retries take.
  package static let intervalsUntilLate = 3

  /// The shortest time without an answer after which a publication was found late, however short the
  /// interval.
  package static let shortestAbsence: Duration = .seconds(300)

  /// The smallest number of unreachable hosts that indicates a fault of the network.
  static let unreachableHosts = 2
}
