/// The store as commands write it.
///
/// Each call is one transaction, all of it or nothing, and durable when it returns. Silences,
/// acknowledgements and replays work beside a running daemon: it never writes the same rows. Calls
/// block the calling thread.
package protocol CommandWriting: Sendable {
  // MARK: Silences and acknowledgements

  /// Adds a silence from `now` until `until`, and returns it with its number.
  func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) throws(StoreProblem) -> Silence

  /// Ends a silence; returns false if no current silence has this number.
  func endSilence(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool

  /// Acknowledges a firing alert, and returns the acknowledgement with its number; nil if no such
  /// alert is firing.
  func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) throws(StoreProblem) -> Acknowledgement?

  /// Ends an acknowledgement; returns false if no current acknowledgement has this number.
  func endAcknowledgement(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool

  // MARK: Deliveries

  /// Opens failed deliveries again, due at once, and returns them in the order of events.
  ///
  /// Their attempts are counted from 0, and those made before stay on record; a notifier that was
  /// disabled is enabled. Throws, and changes nothing, if one of the ranges has no failed delivery.
  /// A running daemon delivers them after it has loaded its state again.
  func replay(
    _ selection: DeadLetterSelection, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryRecord]

  /// Makes open deliveries dead letters, for a reason; returns those that were open.
  ///
  /// A running daemon, which has some of them in memory, notices it before it sends another one.
  func abandon(
    _ deliveries: [DeliveryKey], because reason: String, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryKey]

  /// Has alerts that fire count as never notified, so that they are sent when their silence ends.
  func forgetNotification(ofAlerts ids: [String]) throws(StoreProblem)

  // MARK: Imports

  /// Stores imported history before a source's oldest publication; not beside a running daemon.
  ///
  /// Only days before the oldest stored one are added; no stored row is changed, and a second import
  /// of the same history adds nothing. Imported publications have the numbers 0, -1, -2 … from the
  /// newest to the oldest. `progress` is called with how many of all rates are done. Memory: a
  /// constant beside `history`.
  func add(
    _ history: ImportedHistory, now: Timestamp, progress: (_ done: Int, _ total: Int) -> Void
  ) throws(StoreProblem) -> ImportOutcome
}
