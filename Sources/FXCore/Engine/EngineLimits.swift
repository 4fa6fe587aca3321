/// The engine's limits, each with its unit and reason.
package enum EngineLimits {
  /// Transfers from sources at once: enough for a hundred sources, few for anyone's line.
  package static let transfers = 8

  /// Transfers to one host at once: banks throttle, and some drop connections.
  package static let transfersPerHost = 1

  /// Failed attempts in a row after which people are told that a source is down: the slot, its
  /// retry and the next slot.
  package static let failuresUntilDown = 3

  /// After how many of its intervals without an answer what a source prints next was found late: a
  /// failed poll and its retries are fewer.
  package static let intervalsUntilLate = 3

  /// And how long that must be at least: what is that fresh is not late, however often it is asked
  /// for.
  package static let shortestAbsence: Duration = .seconds(300)

  /// How long an endpoint may take nothing before it is disabled: over a long weekend with a holiday
  /// somebody has come by and seen it.
  package static let patienceWithEndpoints: Duration = .seconds(120 * 3600)

  /// And how many attempts in a row must have failed: a single one after a quiet week says little.
  package static let failuresUntilDisabled = 8

  /// Events a digest of what came too late lists; the rest it counts, to stay below what receivers
  /// accept.
  package static let eventsPerDigest = 100

  /// Events of a page after which what was decided is committed and told, while the rest of the page
  /// is judged: a pause for the disk each, which is little beside their deliveries.
  package static let eventsAtOnce = 512

  /// Deliveries in flight to one endpoint while it works.
  package static let deliveriesAtOnce = 8

  /// Events in one lease: large enough that the pause between two is nothing beside them, small
  /// enough to be in memory, some 1 KB each.
  ///
  /// A crash repeats no more for it: what ended is committed while the rest is under way.
  package static let leaseSize = 4096

  /// Events that travel together at most: web servers take a megabyte where they are told nothing
  /// else.
  package static let batchSize = 1024
}
