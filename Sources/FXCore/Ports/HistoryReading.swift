/// The store as commands and reports read it, beside a running daemon or without one.
///
/// It never writes. Each call sees one consistent state, and everything committed before it, also by
/// another process since the reader was opened; two calls can see different states. Calls block the
/// calling thread; except where a cost is given, it does not depend on the length of history.
package protocol HistoryReading: Sendable {
  // MARK: Rates

  /// Returns the latest rate of every series, suspect ones included, sorted by series.
  func latestRates() throws(StoreProblem) -> [LatestRate]

  /// Returns the last rates of every series, oldest first, at most `count` of each; suspect rates are
  /// included.
  func recentRates(_ count: Int) throws(StoreProblem) -> [Series: [Rate]]

  /// Returns the latest trusted rate of every series that was listed at an instant, or is now for nil,
  /// sorted by series.
  func rates(asOf instant: Timestamp?) throws(StoreProblem) -> [RateAsOf]

  /// Returns for every series the latest trusted rate whose value date, or without one the day of its
  /// first fetch in UTC, is at most `day`, unless the series was no longer listed after it; sorted by
  /// series.
  func rates(upTo day: CalendarDay) throws(StoreProblem) -> [RateAsOf]

  /// Returns the history of one pair: by series, then by day, then in the order it became known.
  ///
  /// Cost: the length of the pair's history, or of the requested period; memory only for the rows
  /// returned. With `newest`, its number of rows of each series.
  func history(_ query: HistoryQuery) throws(StoreProblem) -> [HistoryRow]

  // MARK: Sources and publications

  /// Returns the state of every source.
  func sources() throws(StoreProblem) -> [SourceName: SourceState]

  /// Returns when the history of each source starts: the first fetch of its first publication.
  ///
  /// Cost: the number of publications.
  func historyStarts() throws(StoreProblem) -> [SourceName: Timestamp]

  /// Returns a publication by its number; nil if there is none.
  func publication(
    _ number: Int64, of source: SourceName
  ) throws(StoreProblem) -> Publication?

  /// Returns the publications of some sources with what each changed, in the order in which they
  /// became known, up to an instant or, for nil, all; headlines are left out.
  ///
  /// Publications of one source stay in the order of their numbers, even if the clock was set back
  /// between them. Cost: the length of the whole history.
  func publications(
    of sources: Set<SourceName>, until: Timestamp?
  ) throws(StoreProblem) -> [PastPublication]

  // MARK: Alerts

  /// Returns the alerts that are firing, or with `all` every alert that ever fired, oldest first.
  func alerts(all: Bool) throws(StoreProblem) -> [AlertRecord]

  /// Returns an alert by its identifier; nil if it is not, or no longer, stored.
  func alert(_ id: String) throws(StoreProblem) -> AlertRecord?

  /// Returns the alerts that fired last, of one pair or of all for nil, `limit` at most, oldest first.
  ///
  /// Cost: the number of alerts kept, of which only those returned are read.
  func latestAlerts(
    of pair: CurrencyPair?, limit: Int
  ) throws(StoreProblem) -> [AlertRecord]

  /// Returns the alerts that are pending or firing, sorted by rule and series.
  func activeAlerts() throws(StoreProblem) -> [ActiveAlert]

  /// Returns the progress of a rule's alerts, without those that are inactive and of which nothing is kept.
  ///
  /// Cost: the number of states kept.
  func progress(ofRule name: String) throws(StoreProblem) -> [Series: AlertProgress]

  /// Returns the silences and acknowledgements current at an instant, or for nil all there ever
  /// were, oldest first.
  func suppressions(at now: Timestamp?) throws(StoreProblem) -> Suppressions

  // MARK: Events and deliveries

  /// Returns the identifier of the event with this number, and any other text as it is.
  ///
  /// The log names events by number, receivers by identifier.
  func identifier(ofEvent text: String) throws(StoreProblem) -> String

  /// Returns the identifiers of alerts that begin with a text, `limit` at most.
  func alerts(beginningWith text: String, limit: Int) throws(StoreProblem) -> [String]

  /// Returns the identifiers of events that begin with a text, `limit` at most.
  func events(beginningWith text: String, limit: Int) throws(StoreProblem) -> [String]

  /// Returns an event by its identifier; nil if it is not, or no longer, stored.
  func notification(_ id: String) throws(StoreProblem) -> Notification?

  /// Returns the sequences of the events about an alert, in order.
  ///
  /// Cost: the number of events kept.
  func events(ofAlert id: String) throws(StoreProblem) -> [Int64]

  /// Returns the deliveries in a state, or in any for nil, of one event, or of all for nil: by event,
  /// then by notifier.
  ///
  /// Cost: the number of deliveries kept.
  func deliveries(
    _ state: DeliveryState?, ofEvent id: String?
  ) throws(StoreProblem) -> [DeliveryRecord]

  /// Returns deliveries, the newest event first, then by notifier.
  ///
  /// Cost: the deliveries up to the last one returned.
  func latestDeliveries(_ query: DeliveryQuery) throws(StoreProblem) -> [DeliveryRecord]

  /// Returns the events after a number, in order, `limit` at most; those of which no data is kept are
  /// left out.
  func events(
    after sequence: Int64, limit: Int
  ) throws(StoreProblem) -> [NumberedEvent]

  /// Returns the number of the newest event; 0 before the first.
  func latestEvent() throws(StoreProblem) -> Int64

  /// Returns a number that differs after every commit of another connection, while this reader is open.
  func commitMark() throws(StoreProblem) -> Int64

  /// Returns every attempt to deliver an event to a notifier, in the order they were made.
  func attempts(
    ofEvent sequence: Int64, to notifier: String
  ) throws(StoreProblem) -> [DeliveryAttempt]

  // MARK: Verification

  /// Checks everything that is stored: its structure, every value and every checksum.
  ///
  /// `progress` is called with the percentage that is done, now and then. Damage is in the result; throws
  /// only if the store cannot be read at all. Cost: the size of the store.
  func verify(progress: (_ percent: Int) -> Void) throws(StoreProblem) -> StoreVerification
}
