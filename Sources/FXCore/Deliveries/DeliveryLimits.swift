/// The limits of deliveries, each with its unit and reason.
package enum DeliveryLimits {
  /// The time without a successful delivery after which an endpoint is disabled: longer than a
  /// weekend with a holiday, after which an administrator notices the failure.
  package static let failurePeriod: Duration = .seconds(120 * 3600)

  /// The number of failed attempts in a row that disabling also requires: a single one after a quiet
  /// week proves little.
  package static let failuresUntilDisabled = 8

  /// The largest number of events that a digest of expired events lists; it counts the rest, to stay
  /// below the size that receivers accept.
  package static let eventsPerDigest = DigestPayload.maximumEntries

  /// Leases under way at once, of all notifiers: each has a connection, of some 60 KiB with TLS.
  static let leases = 640

  /// Of these, those of receivers that fail: they are tried one after the other, because a receiver
  /// that hangs takes 15 s.
  static let failingLeases = 32

  /// Of these, those of other receivers that are younger than `slowLease`, or had a success.
  static let quickLeases = 128

  /// The age at which a lease without a success is slow; most receivers answer in less.
  static let slowLease: Duration = .seconds(1)

  /// Concurrent deliveries beyond the first of each lease, of all notifiers.
  package static let additionalDeliveries = 256

  /// Concurrent deliveries to one endpoint while it works.
  package static let concurrency = 8

  /// Events in one lease: enough that the pause between two leases does not matter, few enough for
  /// memory, at about 1 KB each.
  ///
  /// A crash repeats no more events for it: results are committed while the rest is being delivered.
  package static let leaseSize = 4096

  /// Open deliveries of one notifier in memory while its endpoint fails; more stay in the store.
  ///
  /// So a few notifications to many receivers cause no reads.
  package static let entriesWhileFailing = 16

  /// Open deliveries in memory, of all notifiers, at some 200 bytes each; beyond them each notifier has
  /// at most `entriesWhileFailing`.
  static let entriesInMemory = 65_536

  /// Open deliveries of one notifier of which the most severe are loaded, at 2 µs each.
  package static let lookahead = 65_536

  /// Events in one batch: by default web servers accept a body of one megabyte.
  package static let batchSize = 1024
}
