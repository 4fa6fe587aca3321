/// One observation to store: a figure that differs from the one in force, or one for another day.
package struct ObservationRecord: Hashable, Sendable {
  package let series: Series
  package let point: SeriesPoint

  /// The source's own change figure, verbatim.
  package let publishedChange: String?

  /// The finest scale the series is known to print, this figure included unless it is suspect.
  package let scale: Int

  /// What is held against the figure; nil where it is trusted.
  package var suspicion: Suspicion? {
    guard case .suspect(let suspicion) = trust else { return nil }
    return suspicion
  }

  private let trust: Trust

  /// Small where a figure is trusted, as nearly all are: decisions hold many records.
  private enum Trust: Hashable, Sendable {
    case trusted
    indirect case suspect(Suspicion)
  }

  /// One observation to store.
  package init(
    series: Series, point: SeriesPoint, publishedChange: String?, scale: Int,
    suspicion: Suspicion? = nil
  ) {
    self.series = series
    self.point = point
    self.publishedChange = publishedChange
    self.scale = scale
    trust = suspicion.map { .suspect($0) } ?? .trusted
  }
}

/// Why a notifier is not used any more.
package struct DisabledNotifier: Hashable, Sendable {
  /// The settings it had; other settings give it another chance.
  package let fingerprint: String

  package let since: Timestamp

  /// What it said.
  package let reason: String

  /// Why and since when.
  package init(fingerprint: String, since: Timestamp, reason: String) {
    self.fingerprint = fingerprint
    self.since = since
    self.reason = reason
  }
}

/// Everything one decision changes, to be committed in one transaction and only then absorbed into
/// memory.
package struct Changeset: Hashable, Sendable {
  /// The new states of sources.
  package var sources: [SourceName: SourceState] = [:]

  /// A publication seen for the first time, or one of which more lines are taken in.
  package var publication: Publication?

  /// The observations of that publication that differ from what was in force.
  package var observations: [ObservationRecord] = []

  /// The series that stood in the publication before and no longer stand in this one.
  package var vanished: [Series] = []

  /// A poll that found its source's latest publication unchanged: which, and when.
  package var seenAgain: (source: SourceName, number: Int64, at: Timestamp)? {
    get { seen.map { ($0.source, $0.number, $0.at) } }
    set { seen = newValue.map { Seen(source: $0.source, number: $0.number, at: $0.at) } }
  }
  private var seen: Seen?

  /// The new states of alerts; nil for one that became inactive.
  package var alerts: [AlertKey: AlertState?] = [:]

  /// Alerts that fired.
  package var fired: [AlertRecord] = []

  /// The figures alerts rested on when they fired, the latest one of each.
  package var rested: [AlertKey: AlertBasis] = [:]

  /// Alerts that ended, by identifier, and when.
  package var resolved: [String: Timestamp] = [:]

  /// Events kept for a digest.
  package var held: [HeldEvent] = []

  /// What was held and is no longer: a digest has told it, or its notifier is gone.
  package var released: [HeldEvent.Key] = []

  /// Events to tell.
  package var events: [OutboxEvent] = []

  /// How attempts to deliver ended.
  package var settlements: [Settlement] = []

  /// Notifiers whose endpoint said that it is gone; nil for one that is used again.
  package var disabled: [String: DisabledNotifier?] = [:]

  /// Since when a notifier has delivered nothing though it tried; nil for one that did again.
  package var failing: [String: Timestamp?] = [:]

  /// A decision that changes nothing.
  package init() {}

  /// Whether there is nothing to commit.
  package var isEmpty: Bool { self == Changeset() }

  /// Whether losing it in a power cut would lose something people rely on.
  ///
  /// Polls that found nothing new are made again, so they need not wait for the disk.
  package var mustSurvivePowerLoss: Bool {
    publication != nil || !alerts.isEmpty || !fired.isEmpty || !resolved.isEmpty || !events.isEmpty
      || !settlements.isEmpty || !disabled.isEmpty || !failing.isEmpty || !held.isEmpty
      || !released.isEmpty
  }

  /// Whether it puts a notifier out of use.
  func disables(_ notifier: String) -> Bool { disabled[notifier].flatMap(\.self) != nil }

  private struct Seen: Hashable, Sendable {
    let source: SourceName
    let number: Int64
    let at: Timestamp
  }
}
