/// An entry for the log.
package enum LogEntry: Hashable, Sendable {
  /// A source published something new: the number of its series that changed, and of all.
  case published(SourceName, number: Int64, changed: Int, of: Int)
  /// An attempt failed; the number of failures in a row so far.
  case fetchFailed(SourceName, because: String, failures: Int)
  /// A source answers again after that many failures.
  case fetchRecovered(SourceName, after: Int)
  /// A series that was suspect is trusted again.
  case trustedAgain(Series, because: String)
  /// A source prints a series again, which it did not since an instant.
  case listedAgain(Series, since: Timestamp)
  /// A notification was created; the silence that mutes it, if any, and the notifiers that receive it at
  /// once.
  case notified(
    NotificationType, id: String, summary: String, silence: Int64?, recipients: [String])
  /// A delivery failed and is retried.
  case deliveryPostponed(notifier: String, id: Int64, because: String, until: Timestamp)
  /// Deliveries succeed again after that many failures in a row.
  case deliveryRecovered(notifier: String, after: Int)
  /// A delivery is abandoned.
  case deliveryDead(notifier: String, id: Int64, because: String)
  /// An endpoint is disabled.
  case notifierDisabled(String, because: String)
  /// The wall clock was set.
  case clockStepped(Duration)
}
