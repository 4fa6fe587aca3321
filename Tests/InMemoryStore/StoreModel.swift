package import FXCore
import Support

/// The tables of a store as plain values: the reference that other stores are compared with, and the
/// store of the simulated world.
///
/// Everything is computed the obvious way; no operation is fast. It has one of its properties for each
/// table.
package struct StoreModel: Sendable {
  /// A row of a series.
  struct Row: Hashable, Sendable {
    let publication: Int64

    /// The rate in the publication; nil if the series was no longer listed.
    let point: SeriesPoint?

    let publishedChange: String?
    let suspicion: Suspicion?
  }

  /// The stored properties of a series.
  struct SeriesProperties: Hashable, Sendable {
    var scale = 0
    var isListed = false
  }

  /// A delivery with its attempts.
  struct Delivery: Hashable, Sendable {
    var state = DeliveryState.open
    var opened: Timestamp
    var due: Timestamp
    var attempts = 0
    var ledger: [DeliveryAttempt] = []
  }

  /// Eight bytes in hexadecimal.
  package var installation = "0011223344556677"

  package internal(set) var sources: [SourceName: SourceState] = [:]

  /// By source, in the order of their numbers.
  package internal(set) var publications: [SourceName: [Publication]] = [:]

  /// By series, in the order of publications.
  var rows: [Series: [Row]] = [:]
  var series: [Series: SeriesProperties] = [:]

  package internal(set) var alerts: [AlertKey: AlertState] = [:]
  package internal(set) var bases: [AlertKey: AlertBasis] = [:]

  /// The alerts that fired, as they were written: in that order, none resolved.
  package internal(set) var fired: [AlertRecord] = []

  /// The ends of alerts, by identifier.
  package internal(set) var resolved: [String: Timestamp] = [:]

  /// In the order of their sequences.
  package internal(set) var events: [OutboxEvent] = []

  /// The identifiers of the events.
  var eventIDs: Set<String> = []
  var deliveries: [DeliveryKey: Delivery] = [:]

  /// The time of the latest prune.
  var retentionTime: Timestamp?

  /// The number of changes so far.
  var commits: Int64 = 0

  /// The latest step of the clock that was committed.
  var clockStep: ClockStep?

  /// The results of delivery attempts, as they were written.
  package internal(set) var deliveryResults: [DeliveryResult] = []

  package internal(set) var disabled: [String: DisabledNotifier] = [:]
  package internal(set) var failing: [String: Timestamp] = [:]
  var heldKeys: Set<DeliveryKey> = []

  /// All silences and acknowledgements there ever were.
  package var suppressions = Suppressions()

  /// Creates an empty store.
  package init() {}

  // MARK: What the simulated world looks at

  /// The trusted rates, by series, in the order of publications.
  package var points: [Series: [SeriesPoint]] {
    rows.mapValues { rows in rows.compactMap { $0.suspicion == nil ? $0.point : nil } }
      .filter { !$0.value.isEmpty }
  }

  /// The series that are no longer listed.
  package var unlisted: Set<Series> { Set(series.filter { !$0.value.isListed }.keys) }

  /// The suspect rates, by series, in the order of publications.
  package var suspects: [Series: [Rate]] {
    rows.mapValues { rows in rows.compactMap { $0.suspicion == nil ? nil : $0.point?.rate } }
      .filter { !$0.value.isEmpty }
  }

  /// Every publication with what it changed, in the order in which they became known.
  package var past: [PastPublication] {
    publications(of: Set(publications.keys), until: nil)
  }

  /// The open deliveries, oldest event first.
  package var open: [OutboxEntry] {
    let events = Dictionary(uniqueKeysWithValues: events.map { ($0.sequence, $0) })
    return deliveries.filter { $0.value.state == .open }.sorted { $0.key < $1.key }.compactMap {
      key, delivery in
      events[key.sequence].map { event in
        OutboxEntry(
          sequence: key.sequence, id: event.notification.id, notifier: key.notifier,
          orderingKey: event.orderingKey, opened: delivery.opened, attempts: delivery.attempts,
          due: delivery.due, severity: event.notification.severity,
          summary: event.notification["summary"] ?? "")
      }
    }
  }

  /// Returns open deliveries of a notifier.
  package func openDeliveries(_ query: OutboxQuery) -> OutboxPage {
    OutboxPage(query, plainlyFrom: open)
  }

  /// The events held until quiet hours end, oldest first.
  package var held: [HeldEvent] {
    heldKeys.sorted().compactMap { key in
      event(key.sequence).map { HeldEvent(key: key, notification: $0.notification) }
    }
  }

  /// Returns the event with a sequence; nil if it is not stored.
  func event(_ sequence: Int64) -> OutboxEvent? {
    // Nearly always the place of an event follows from the first one's.
    let index = Int(sequence - (events.first?.sequence ?? 0))
    if events.indices.contains(index), events[index].sequence == sequence { return events[index] }
    return events.first { $0.sequence == sequence }
  }
}
