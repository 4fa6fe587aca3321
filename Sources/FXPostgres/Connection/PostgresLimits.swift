/// The limits of the work with a server, each with its unit and reason.
enum PostgresLimits {
  /// The time in which one host has to take a connection.
  static let connecting = Duration.seconds(3)

  /// The interval at which a replica looks for a server that has replaced its own.
  static let looking = Duration.seconds(5)

  /// The time for a transaction of the engine, also one that reads; within that of the lease, so that its
  /// end is known.
  static let commit = Duration.seconds(5)

  /// The time for one query of the state that a replica loads once it is active.
  static let loading = Duration.seconds(600)

  /// The time for what commands read and write.
  static let reading = Duration.seconds(60)

  /// The time for an import of years of history, and for a migration.
  static let importing = Duration.seconds(1800)

  /// The most events that one part of a `prune` looks at; also of alerts, and of publications whose
  /// headlines it deletes.
  static let eventsPerPrune: Int64 = 1000

  /// The most parts that one `prune` looks at.
  static let partsPerPrune = 20

  /// The number of series in publications that one part of a `prune` looks at.
  static let figuresPerPrune = 3000

  /// The number of publications an earlier value date is searched in.
  static let publicationsPerValueDate: Int64 = 2000

  /// The most rows before the time within reach that are first read of each series; more are read of those
  /// that need them.
  static let rowsBeforeReach = 200

  /// The series of a source that are loaded although it no longer prints them, the newest.
  static let unlistedSeries: Int64 = 1000
}
