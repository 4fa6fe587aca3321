/// Everything that one decision changes, committed in one transaction and only then absorbed into
/// memory.
///
/// Its properties are the kinds of changes.
package struct Changeset: Hashable, Sendable {
  /// The new states of sources.
  package var sources: [SourceName: SourceState] = [:]

  /// A publication seen for the first time, or one of which more lines are stored.
  package var publication: Publication?

  /// The observations of that publication that differ from the current ones.
  package var observations: [ObservationRecord] = []

  /// The series that the publication before contained and this one does not.
  package var vanished: [Series] = []

  /// The disappearance of those series; nil where there are none.
  package var disappearance: Disappearance? {
    guard let publication, !vanished.isEmpty else { return nil }
    return Disappearance(publication: publication.number, at: publication.firstSeen)
  }

  /// A poll that found its source's latest publication unchanged: its number, and when.
  package var seenAgain: (source: SourceName, number: Int64, at: Timestamp)? {
    get { seen.map { ($0.source, $0.number, $0.at) } }
    set { seen = newValue.map { Seen(source: $0.source, number: $0.number, at: $0.at) } }
  }
  private var seen: Seen?

  /// The new states of alerts; nil for one that became inactive.
  package var alerts: [AlertKey: AlertState?] = [:]

  /// The alerts that fired.
  package var fired: [AlertRecord] = []

  /// The rates that alerts were based on when they fired, the latest of each.
  package var alertBases: [AlertKey: AlertBasis] = [:]

  /// The alerts that ended, by identifier, and when.
  package var resolved: [String: Timestamp] = [:]

  /// The events held for a digest.
  package var held: [HeldEvent] = []

  /// The held events that need not be held any more: a digest contains them, or their notifier is
  /// gone.
  package var released: [DeliveryKey] = []

  /// The events to deliver.
  package var events: [OutboxEvent] = []

  /// The results of attempts to deliver.
  package var deliveryResults: [DeliveryResult] = []

  /// The open deliveries that become dead letters together, after the events and the results.
  package var abandoned: [AbandonedDeliveries] = []

  /// The notifiers that are disabled; nil for one that is used again.
  package var disabled: [String: DisabledNotifier?] = [:]

  /// The time since which a notifier failed without a success; nil for one that works again.
  package var failing: [String: Timestamp?] = [:]

  /// A step of the wall clock, by which the times of open deliveries move.
  package var clockStep: ClockStep?

  /// A changeset without changes.
  package init() {}

  /// True if there is nothing to commit.
  package var isEmpty: Bool { self == Changeset() }

  /// True if losing the changes in a power cut would lose something users rely on.
  ///
  /// Polls that found nothing new are repeated, so they need not wait for the disk.
  package var mustSurvivePowerLoss: Bool {
    publication != nil || !alerts.isEmpty || !fired.isEmpty || !resolved.isEmpty || !events.isEmpty
      || !deliveryResults.isEmpty || !disabled.isEmpty || !failing.isEmpty || !held.isEmpty
      || !released.isEmpty || !abandoned.isEmpty || clockStep != nil
  }

  /// True if it disables a notifier.
  func disables(_ notifier: String) -> Bool { disabled[notifier].flatMap(\.self) != nil }

  private struct Seen: Hashable, Sendable {
    let source: SourceName
    let number: Int64
    let at: Timestamp
  }
}
