/// What one event leads to: what to commit, and what the log should say.
///
/// Made by `Engine.decide`, committed by the store, and only then given to `Engine.absorb`, which
/// answers with the commands to follow. Commands are not part of the decision because they depend
/// on memory after it: the alerts of a publication are leased for delivery by the very step that
/// absorbs them.
package struct Decision: Hashable, Sendable {
  /// To be committed in one transaction.
  package var changeset = Changeset()

  /// What an administrator may want to read.
  package var remarks: [LogEntry] = []

  /// A fetch that is over.
  var endedFetch: SourceName?

  /// What is left of the pages of sources; nil where one is taken in whole.
  var pages: [SourceName: PublicationInProgress?] = [:]

  /// Attempts that are over, and whether their lease is, by notifier.
  var endedLeases: [EndedLease] = []

  /// When the clock alone next asks alerts to be judged again; of several about one alert the last
  /// counts.
  var alarms: [Alarm] = []

  /// The clock was set by that much.
  var step: Duration?

  /// When an alert is judged again; nil takes that back.
  struct Alarm: Hashable, Sendable {
    let key: AlertKey
    let at: Timestamp?
  }

  struct EndedLease: Hashable, Sendable {
    let notifier: String
    let isLast: Bool
    let attempts: Int
    let failure: String?
    let slowDown: Bool
  }
}

/// What the engine asks for after a decision was committed.
package struct Commands: Hashable, Sendable {
  /// Sources to ask now, with the validators of what is known of them.
  package var fetches: [Fetch] = []

  /// Deliveries to attempt now.
  package var leases: [Lease] = []

  /// A source whose page is not taken in whole: the engine is to be told that it may go on
  /// (`Event.continued`), before it learns of anything else than ended deliveries.
  package var unfinished: SourceName?

  /// When to wake the engine; nil when only an outcome can bring news.
  package var wake: Timestamp?

  /// Whether there is nothing to do but wait.
  package var isIdle: Bool { fetches.isEmpty && leases.isEmpty && unfinished == nil }

  /// One source to ask.
  package struct Fetch: Hashable, Sendable {
    package let source: SourceName
    package let validators: SourceState.Validators?

    /// The newest value date known: of a body that holds several days, those after it are news.
    package let newestDay: CalendarDay?

    /// One source to ask.
    package init(
      source: SourceName, validators: SourceState.Validators?, newestDay: CalendarDay? = nil
    ) {
      self.source = source
      self.validators = validators
      self.newestDay = newestDay
    }
  }
}

/// Events one notifier is to deliver, in order within each lane.
///
/// Whoever holds it attempts them with at most `atOnce` in flight, never two of one lane at once,
/// leaves out the rest of a lane after a failure in it, and reports every attempt made.
package struct Lease: Hashable, Sendable {
  package let notifier: String
  package let entries: [OutboxEntry]
  package let atOnce: Int
}

/// One thing worth a line in the log.
package enum LogEntry: Hashable, Sendable {
  /// A source printed something new: how many of its series changed.
  case published(SourceName, number: Int64, changed: Int, of: Int)
  /// An attempt failed; `failures` in a row so far.
  case fetchFailed(SourceName, because: String, failures: Int)
  /// A source answers again after so many failures.
  case fetchRecovered(SourceName, after: Int)
  /// A currency that had vanished from a source, or a figure that was suspect, is as it was.
  case trustedAgain(Series, because: String)
  /// An event was decided on, in the words people get.
  case told(NotificationType, id: String, summary: String, silence: Int64?)
  /// A delivery failed and is tried again.
  case deliveryPostponed(notifier: String, id: Int64, because: String, until: Timestamp)
  /// Deliveries work again after so many failures in a row.
  case deliveryRecovered(notifier: String, after: Int)
  /// A delivery is given up.
  case deliveryDead(notifier: String, id: Int64, because: String)
  /// An endpoint is not used any more.
  case notifierDisabled(String, because: String)
  /// The clock was set.
  case clockStepped(Duration)
}
