/// The result of one event: the changes to commit, and the entries for the log.
///
/// Made by `Engine.decide`, committed by the store, and only then given to `Engine.absorb`, which
/// returns the commands to follow. Commands are not part of the decision because they depend on
/// memory after it: the alerts of a publication are leased for delivery by the very step that absorbs
/// them.
package struct Decision: Hashable, Sendable {
  /// The changes to commit in one transaction.
  package var changeset = Changeset()

  /// The entries for the log.
  package var logEntries: [LogEntry] = []

  /// True if it contains the changes that follow from a new plan.
  var containsStartup = false

  /// A source whose fetch has ended.
  var endedFetch: SourceName?

  /// The unfinished publications of sources; nil for one that is complete.
  var publications: [SourceName: PublicationInProgress?] = [:]

  /// The attempts of leases that have ended.
  var endedLeases: [EndedLease] = []

  /// The open deliveries that were read for a notifier.
  var loaded: LoadedPage?

  /// The new alarms of alerts; of several for one alert the last counts.
  package var alarms: [AlarmChange] = []

  /// The difference by which the wall clock was set.
  var clockStep: Duration?
}
