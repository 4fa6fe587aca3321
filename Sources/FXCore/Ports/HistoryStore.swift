/// Why the store could not do what it was asked: a sentence that says what, where and what to do.
package struct StoreProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whether trying again may help.
  package enum Kind: Hashable, Sendable {
    /// The disk is full, the database is busy: the same changeset may be committed later.
    case temporary
    /// The database is newer than this program, corrupt, read-only or not there.
    case permanent
  }

  package let kind: Kind
  package let message: String

  /// A problem in the words of `message`.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}

/// What the engine needs of one series to go on after a restart.
package struct StoredSeries: Hashable, Sendable {
  package let series: Series

  /// The finest scale it is known to print.
  package let scale: Int

  /// The source's change figure beside the latest point.
  package let publishedChange: String?

  /// Whether the latest publication of its source still has it.
  package let isListed: Bool

  /// Oldest first: every point within the reach asked for and the last one before it, the latest
  /// point always, and the latest point of the value date before the latest one; none that is
  /// suspect.
  package let points: [SeriesPoint]

  /// The latest figure that was not trusted; nil where every one was.
  package let suspect: SuspectPoint?

  /// What is known of one series.
  package init(
    series: Series, scale: Int, publishedChange: String?, isListed: Bool, points: [SeriesPoint],
    suspect: SuspectPoint? = nil
  ) {
    self.suspect = suspect
    self.series = series
    self.scale = scale
    self.publishedChange = publishedChange
    self.isListed = isListed
    self.points = points
  }
}

/// What the engine starts from.
package struct StoredState: Hashable, Sendable {
  /// Eight random bytes in hexadecimal, made with the database: identifiers of different
  /// installations never meet.
  package let installation: String

  /// The sequence of the newest event ever stored; 0 before the first.
  package let latestEvent: Int64

  package let sources: [SourceName: SourceState]
  package let series: [StoredSeries]
  package let alerts: [AlertKey: AlertState]

  /// Every delivery that is open, oldest event first.
  package let outbox: [OutboxEntry]

  /// Notifiers that are not used any more.
  package let disabled: [String: DisabledNotifier]

  /// Since when notifiers have delivered nothing though they tried.
  package let failing: [String: Timestamp]

  /// The figures alerts rested on when they last fired.
  package let rested: [AlertKey: AlertBasis]

  /// What waits for the end of quiet hours, oldest event first.
  package let held: [HeldEvent]

  /// What people asked not to be told.
  package let suppressions: Suppressions

  /// What the engine starts from.
  package init(
    installation: String, latestEvent: Int64, sources: [SourceName: SourceState],
    series: [StoredSeries], alerts: [AlertKey: AlertState], outbox: [OutboxEntry],
    disabled: [String: DisabledNotifier] = [:], failing: [String: Timestamp] = [:],
    held: [HeldEvent] = [], suppressions: Suppressions = Suppressions(),
    rested: [AlertKey: AlertBasis] = [:]
  ) {
    self.failing = failing
    self.rested = rested
    self.disabled = disabled
    self.held = held
    self.suppressions = suppressions
    self.installation = installation
    self.latestEvent = latestEvent
    self.sources = sources
    self.series = series
    self.alerts = alerts
    self.outbox = outbox
  }
}

/// Keeps history, alert states and the outbox: the port behind the engine.
package protocol HistoryStore: Sendable {
  /// Everything the engine starts from; `reach` is how much history its rules look back on.
  ///
  /// Costs the number of series times the points within reach, never the length of history.
  func load(reach: Lookback, now: Timestamp) async throws(StoreProblem) -> StoredState

  /// Commits a changeset in one transaction: all of it or nothing. The only way anything is
  /// written.
  func apply(_ changeset: Changeset) async throws(StoreProblem)

  /// The silences and acknowledgements in force, where another process may have changed them since
  /// this or `load` was last asked; nil where none has. Cheap: to be asked before every decision.
  func changedSuppressions(now: Timestamp) async throws(StoreProblem) -> Suppressions?

  /// Comes back when the store can still be read; a sign of life for the watchdog.
  func answer() async throws(StoreProblem)

  /// The notifications of events, by sequence; those no longer stored are left out.
  func notifications(of sequences: [Int64]) async throws(StoreProblem) -> [Int64: Notification]
}
