/// The limits of the store's work, each with its unit and reason.
package struct StoreLimits: Sendable {
  /// The time a statement waits for another program's lock before it fails, in seconds.
  ///
  /// An administrator's `sqlite3` is done sooner, and the watchdog must not be kept waiting.
  package var lockWaitSeconds = 2.0

  /// The maximum size of the database, in pages of 4096 bytes; nil for the size of the disk.
  package var maximumPages: Int?

  /// The size of the write-ahead log at which a checkpoint is scheduled, in pages of 4096 bytes:
  /// SQLite's own default.
  static let pagesPerCheckpoint = 1000

  /// The size of the log at which a checkpoint is not delayed any longer, in pages: the size that is
  /// kept of it afterwards.
  static let pagesAtMost = logBytes / 4096

  /// The delay of a scheduled checkpoint: the notifications of a large publication are delivered by
  /// then.
  static let checkpointDelay = Duration.seconds(1)

  /// The size to which the write-ahead log is truncated after it grew during a long read, in bytes:
  /// four times its size between two checkpoints.
  static let logBytes = 16 << 20

  /// The maximum number of events that one `prune` deletes, so that it delays no commit for long; also
  /// of alerts, and of publications whose headlines it deletes.
  static let eventsPerPrune = 1000

  /// The time after which one `prune` begins no other part of its work: commits wait for it.
  static let pruneTime = Duration.milliseconds(100)

  /// The number of series in publications that one part of a `prune` looks at: some 20 ms.
  static let figuresPerPrune = 3000

  /// The number of pages that one part of a `prune` gives back: a mebibyte.
  static let pagesPerRelease = 256

  /// The largest database of an earlier version that is written anew so that it can shrink later, in
  /// pages: that takes a second.
  static let pagesWrittenAnew: Int64 = 16_384

  /// The number of publications an earlier value date is searched in: a page that moves every minute
  /// and dates itself has 1440 a day.
  static let publicationsPerValueDate = 2000

  /// The series of a source that are loaded although it no longer prints them, the newest.
  static let unlistedSeries = 1000

  /// Creates the default limits.
  package init() {}
}
