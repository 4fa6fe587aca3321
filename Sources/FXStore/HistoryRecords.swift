package import FXCore

/// What is asked of the history of one pair.
package struct HistoryQuery: Hashable, Sendable {
  /// The pair in the direction its sources publish.
  package var pair: CurrencyPair

  /// One source's; nil for all.
  package var source: SourceName?

  /// The first day wanted: of the value date, or where there is none, of the first fetch in UTC.
  package var since: CalendarDay?

  /// The last day wanted, likewise.
  package var until: CalendarDay?

  /// What was known at that instant; nil for what is known now.
  package var asOf: Timestamp?

  /// Whether to give every figure ever printed, and where a series was suspended.
  ///
  /// Otherwise of each value date only the newest figure, also for a source that moves all day under
  /// the same date, and the suspect ones after it.
  package var allVersions = false

  /// Everything known now of a pair, the newest figure of each value date.
  package init(pair: CurrencyPair) { self.pair = pair }
}

/// One line of history.
package struct HistoryRow: Hashable, Sendable {
  package let series: Series

  /// The printed figure; nil where the source left the series out from then on.
  package let rate: Rate?

  package let valueDate: CalendarDay?
  package let firstSeen: Timestamp

  /// The last moment the source was seen to still print it.
  package let lastSeen: Timestamp

  /// 1 for the first figure of a value date, one more for each other one.
  package let version: Int

  /// The source's own change figure, verbatim.
  package let publishedChange: String?

  /// The number of the publication that brought it.
  package let publication: Int64

  /// What is held against the figure; nil where it is trusted.
  package let suspicion: Suspicion?
}

/// The latest figure of one series.
package struct LatestRate: Hashable, Sendable {
  package let series: Series
  package let point: SeriesPoint

  /// The source's own change figure, verbatim.
  package let publishedChange: String?

  /// The figure stored before it; nil for the first.
  package let previous: SeriesPoint?

  /// The newest figure of an earlier value date; nil without one.
  package let previousDay: SeriesPoint?

  /// The last moment the source was seen to still print it.
  package let lastSeen: Timestamp

  /// The finest scale the series is known to print.
  package let scale: Int

  /// Whether its source's latest publication still has it.
  package let isListed: Bool

  /// What is held against the figure; nil where it is trusted, as the previous ones always are.
  package let suspicion: Suspicion?

  /// How its source fares.
  package let source: SourceState
}

/// What became of a delivery.
package enum DeliveryState: String, Hashable, Sendable, CaseIterable {
  /// Still to be made.
  case open
  case delivered
  /// Given up: a dead letter.
  case dead
}

/// One event on its way to one notifier, or arrived, or given up.
package struct DeliveryRecord: Hashable, Sendable {
  package let sequence: Int64

  /// The event's identifier, as receivers see it.
  package let eventID: String

  package let type: NotificationType
  package let notifier: String

  /// What arrives in order.
  package let lane: String

  /// When the event happened.
  package let created: Timestamp

  package let state: DeliveryState

  /// Attempts made.
  package let attempts: Int

  /// Not before this instant, while it is open.
  package let due: Timestamp

  /// How the last attempt ended; nil before the first.
  package let lastAttempt: DeliveryAttempt?
}

/// How one attempt to deliver ended.
package struct DeliveryAttempt: Hashable, Sendable {
  /// What became of it.
  package enum Result: String, Hashable, Sendable {
    case delivered
    /// Failed, and to be tried again.
    case postponed
    /// Failed, and given up.
    case dead
  }

  /// 1 for the first.
  package let number: Int

  /// When it ended.
  package let at: Timestamp

  package let result: Result

  /// What an administrator may read: `HTTP 500`, `connection refused`.
  package let detail: String
}
