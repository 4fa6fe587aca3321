/// The store as the running daemon uses it: the state the engine starts from, and the only way its
/// decisions are written.
///
/// One daemon has it open at a time; `HistoryReading` and `CommandWriting` of other processes work
/// beside it. Each call is one transaction.
package protocol EngineStore: Sendable {
  /// Returns the state the engine starts from; `reach` is how far back its rules look.
  ///
  /// Of each series it has the points within the lookback, of publications as many as the lookback counts, and
  /// at least two of different publications that count. Cost: those points, with the revisions, suspect rates and absences
  /// between them; never the length of history.
  func load(reach: StoredReach, now: Timestamp) async throws(StoreProblem) -> StoredState

  /// Returns the `data` of the firings of alerts, by their identifiers, without those no longer stored.
  func firings(of alerts: [String]) async throws(StoreProblem) -> [String: JSONText]

  /// Commits a changeset in one transaction: all of it or nothing.
  ///
  /// The same changeset may be committed again after any error, because an answer can be lost: the
  /// second commit changes nothing. A changeset with `mustSurvivePowerLoss` is on the disk when this
  /// returns. Throws a permanent problem if an event or a publication is already stored with the same
  /// number and other content, and if observations come without their publication. An event whose
  /// identifier is stored under another number is left out.
  func apply(_ changeset: Changeset) async throws(StoreProblem)

  /// Returns the current silences and acknowledgements if another process has changed any since
  /// `changedSuppressions` was last called, and nil if not; the first call always returns them.
  ///
  /// Called before every decision, so it must cost nothing when nothing has changed.
  func changedSuppressions(now: Timestamp) async throws(StoreProblem) -> Suppressions?

  /// Returns the number of open deliveries of each notifier that has any.
  func waiting() async throws(StoreProblem) -> [String: Int]

  /// Returns those of some events whose delivery by a notifier is open.
  ///
  /// Cost: linear in `sequences`.
  func openDeliveries(
    among sequences: [Int64], of notifier: String
  ) async throws(StoreProblem) -> Set<Int64>

  /// Returns once the store can be read; the watchdog's probe.
  func answer() async throws(StoreProblem)

  /// Returns the notifications of events, by sequence, without those no longer stored.
  func notifications(of sequences: [Int64]) async throws(StoreProblem) -> [Int64: Notification]

  /// Returns open deliveries of a notifier: all of them if they are
  /// `DeliveryLimits.entriesWhileFailing` or fewer, and otherwise those that an `OutboxScan` chooses.
  ///
  /// Cost: linear in the open deliveries that are read, which the request limits.
  func openDeliveries(_ query: OutboxQuery) async throws(StoreProblem) -> OutboxPage

  /// Deletes a part of what is older than it has to be kept, and lets the store shrink.
  ///
  /// The age of an event is that of its last delivery attempt; it is kept as long as a delivery is open
  /// or it is held, and the newest is always kept, for its sequence. An alert is kept until it ends, and
  /// as long as its events. Of each series the rate stays that applied at the end of the kept time. One
  /// call deletes a bounded number, so that it delays no commit for long; repeat it until it is
  /// complete. `now` is stored as the retention time.
  @discardableResult
  func prune(_ retention: Retention, now: Timestamp) async throws(StoreProblem) -> PruneOutcome

  /// Returns the time of the latest `prune`; nil before the first.
  func retentionTime() async throws(StoreProblem) -> Timestamp?

  /// False once another process may have taken the store over, until `answer` returns: nothing may be
  /// fetched or sent then. Costs a look at a clock.
  var isTrusted: Bool { get }
}

extension EngineStore {
  /// True: by default a store belongs to one process.
  package var isTrusted: Bool { true }
}
