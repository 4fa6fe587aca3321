/// The state the engine starts from.
///
/// Its properties are the kinds of state that the store keeps.
package struct StoredState: Hashable, Sendable {
  /// Eight random bytes in hexadecimal, created with the database, so that identifiers of different
  /// installations never collide.
  package let installation: String

  /// The sequence of the newest event ever stored; 0 before the first.
  package let latestEvent: Int64

  package let sources: [SourceName: SourceState]

  /// Sorted by series.
  package let series: [StoredSeries]

  package let alerts: [AlertKey: AlertState]

  /// Every open delivery, oldest event first.
  package let outbox: [OutboxEntry]

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

  /// Creates a state; by default nothing is disabled, failing, held or suppressed.
  package init(
    installation: String, latestEvent: Int64, sources: [SourceName: SourceState],
    series: [StoredSeries], alerts: [AlertKey: AlertState], outbox: [OutboxEntry],
    disabled: [String: DisabledNotifier] = [:], failing: [String: Timestamp] = [:],
    held: [HeldEvent] = [], suppressions: Suppressions = Suppressions(),
    alertBases: [AlertKey: AlertBasis] = [:]
  ) {
    self.failing = failing
    self.alertBases = alertBases
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
