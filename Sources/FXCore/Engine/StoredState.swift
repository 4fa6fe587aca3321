/// The state the engine starts from.
///
/// Its properties are the kinds of state that the store keeps.
package struct StoredState: Hashable, Sendable {
  /// Eight random bytes in hexadecimal, created with the store: the key of its identifiers, so that
  /// those of different installations are different.
  package let installation: String

  /// The sequence of the newest event ever stored, also of one that a rewind has lost; 0 before the
  /// first.
  package let latestEvent: Int64

  /// The rewind that was noticed and is not reported yet; nil where none was.
  package let rewind: StoreRewind?

  package let sources: [SourceName: SourceState]

  /// Sorted by series.
  package let series: [StoredSeries]

  package let alerts: [AlertKey: AlertState]

  /// The data of the firings of alerts that the new plan may end (`endedAlerts(under:)`), by their
  /// identifiers.
  package var firings: [String: JSONText] = [:]

  /// The open deliveries, oldest event first, of the notifiers with few of them: at most
  /// `DeliveryLimits.entriesWhileFailing`.
  package let outbox: [OutboxEntry]

  /// The number of open deliveries of each notifier that has any.
  package let waiting: [String: Int]

  /// The events that were in memory of a notifier with a lease under way, as far as their deliveries are
  /// still open; nil for one without.
  package var stillOpen: [String: Set<Int64>] = [:]

  /// Disabled notifiers.
  package let disabled: [String: DisabledNotifier]

  /// The notifiers whose deliveries fail, each with the first failure since its last success.
  package let failing: [String: Timestamp]

  /// The rates alerts were based on when they last fired.
  package let alertBases: [AlertKey: AlertBasis]

  /// The events held until quiet hours end, oldest event first.
  package let held: [HeldEvent]

  /// The current silences and acknowledgements.
  package let suppressions: Suppressions

  /// Creates a state; by default nothing is disabled, failing, held, suppressed or rewound, and `outbox`
  /// has every open delivery.
  package init(
    installation: String, latestEvent: Int64, sources: [SourceName: SourceState],
    series: [StoredSeries], alerts: [AlertKey: AlertState], outbox: [OutboxEntry],
    waiting: [String: Int]? = nil, disabled: [String: DisabledNotifier] = [:],
    failing: [String: Timestamp] = [:],
    held: [HeldEvent] = [], suppressions: Suppressions = Suppressions(),
    alertBases: [AlertKey: AlertBasis] = [:], rewind: StoreRewind? = nil
  ) {
    self.rewind = rewind

    self.failing = failing
    self.alertBases = alertBases
    self.disabled = disabled
    self.held = held
    self.suppressions = suppressions
    self.installation = installation
    self.latestEvent = max(latestEvent, rewind?.expected ?? 0)
    self.sources = sources
    self.series = series
    self.alerts = alerts
    self.outbox = outbox
    self.waiting = waiting ?? Dictionary(grouping: outbox, by: \.notifier).mapValues(\.count)
  }
}
