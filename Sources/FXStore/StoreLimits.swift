/// What bounds the store's work, in one place.
package struct StoreLimits: Sendable {
  /// How long a statement waits for another program's lock before it fails, in seconds: an
  /// administrator's `sqlite3` is done sooner, and the watchdog must not be kept waiting.
  package var lockWaitSeconds = 2.0

  /// The largest the database may grow, in pages of 4096 bytes; nil for as large as the disk.
  package var maximumPages: Int?

  /// How long the write-ahead log grows before it is taken over into the database, in pages of 4096
  /// bytes: SQLite's own measure.
  static let pagesPerCheckpoint = 1000

  /// How much of it lets nobody wait any longer for a better moment: what is kept of it afterwards.
  static let pagesAtMost = logBytes / 4096

  /// How long after the log grew beyond its measure it is taken over: what a large publication set
  /// off is told by then.
  static let checkpointDelay = Duration.seconds(1)

  /// What the write-ahead log is cut back to after it grew under a long read, in bytes: four times
  /// what it holds between two checkpoints.
  static let logBytes = 16 << 20

  /// How long what was told is kept, dead letters included.
  static let eventRetention = Duration.seconds(30 * 86_400)

  /// The most events one `prune` looks at, so that it never holds up a commit for long.
  static let eventsPerPrune = 1000

  /// How far the search for the value date before the latest one goes back, in publications: a page
  /// that moves every minute and dates itself makes 1440 a day.
  static let publicationsPerValueDate = 2000

  /// The limits everyone runs with.
  package init() {}
}
