/// The limits of polling, each with its unit and reason.
package enum SourceLimits {
  /// Concurrent transfers from sources; cheap, because one thread waits for all of them: a connection
  /// takes some 20 KiB, 60 KiB with TLS.
  package static let transfers = 256

  /// Of these, those that any class of transfers may use.
  static let pooledTransfers = 48

  /// The transfers that each class has for itself: three cadences times four paces, which leaves room
  /// for transfers that have become slow.
  static let transfersPerClass = 12

  /// The times from which on a poll is slow, and very slow: most servers answer in less than a second.
  static let paces: [Duration] = [.seconds(2), .seconds(8)]

  /// The intervals from which on a source has the next cadence; sources with a calendar have the last.
  static let cadences: [Duration] = [.seconds(60), .seconds(3600)]

  /// Concurrent transfers to one server that answers quickly: banks throttle, and some drop
  /// connections.
  package static let quickTransfersPerServer = 2

  /// Concurrent slow transfers to one server: its slow pages do not delay the others.
  static let slowTransfersPerServer = 4

  /// Concurrent transfers to one server in all, as of a browser.
  package static let transfersPerServer = 6

  /// The shortest and the longest time that a due poll waits for a slot before it is reported as late;
  /// between them its interval.
  static let shortestPatience: Duration = .seconds(10)
  static let longestPatience: Duration = .seconds(300)

  /// The number of failed attempts in a row after which a source is reported as down: the slot, its
  /// retry and the next slot.
  package static let failuresUntilDown = 3

  /// The time after a publication was due from which on requests have no validators until it is seen.
  static let patienceWithValidators: Duration = .seconds(30 * 60)

  /// The number of intervals without an answer after which the next publication counts as found
  /// late: more than a failed poll and its retries take.
  package static let intervalsUntilLate = 3

  /// The shortest time without an answer after which a publication was found late, however short the
  /// interval.
  package static let shortestAbsence: Duration = .seconds(300)

  /// The series of all sources together: 100 MB.
  package static let seriesOfAll = 100_000

  /// The smallest number of unreachable hosts that indicates a fault of the network.
  static let unreachableHosts = 2
}
