/// What happened: everything the engine ever learns.
package enum Event: Hashable, Sendable {
  /// The daemon starts, or a reload put a new plan in place.
  case started
  /// The alarm rang; early, late and double calls are harmless.
  case woke
  /// A source was asked.
  case fetched(SourceName, FetchOutcome)
  /// There is time for the next portion of a page of which so much is told that it is taken in by
  /// portions (`Commands.unfinished`).
  case continued(SourceName)
  /// Attempts of leases ended; each notifier is named once.
  case delivered([LeaseReport])
  /// The wall clock was set, by that much beyond the time that really passed.
  case clockStepped(by: Duration)

  /// Whether alerts may come of it, which silences concern; those of a page are the ones it began
  /// with.
  package var mayFire: Bool {
    switch self {
    case .delivered, .continued: false
    case .started, .woke, .fetched, .clockStepped: true
    }
  }

  /// Attempts of one notifier's lease ended; `isLast` when the whole lease is back.
  package static func delivered(
    notifier: String, reports: [DeliveryReport], isLast: Bool
  ) -> Event {
    .delivered([LeaseReport(notifier: notifier, reports: reports, isLast: isLast)])
  }
}

/// What came of asking a source.
package enum FetchOutcome: Hashable, Sendable {
  /// The server said so (304), or the body is the one read before.
  case unchanged
  /// A day that stands in the body beside newer ones: told of before the newest, oldest first.
  ///
  /// The fetch goes on until its last outcome, which is none of these.
  case readEarlier(SourceReading, bodyHash: String)
  /// A body that reads. `bodyHash` is hexadecimal.
  case read(SourceReading, bodyHash: String, validators: SourceState.Validators?)
  /// No server was reached, or the connection to it broke: the fault may be on this side.
  case unreachable(because: String)
  /// A refusal, or a body that is not what the source prints; `because` is a sentence.
  case failed(because: String, retryAfter: Duration?)
}

/// How attempts of one notifier's lease ended.
package struct LeaseReport: Hashable, Sendable {
  package let notifier: String
  package var reports: [DeliveryReport]

  /// Whether the whole lease is back.
  package var isLast: Bool

  /// What one notifier has to tell.
  package init(notifier: String, reports: [DeliveryReport], isLast: Bool) {
    self.notifier = notifier
    self.reports = reports
    self.isLast = isLast
  }
}

/// How one attempt to deliver one event ended.
package struct DeliveryReport: Hashable, Sendable {
  package let sequence: Int64
  package let outcome: DeliveryOutcome

  /// How one attempt ended.
  package init(sequence: Int64, outcome: DeliveryOutcome) {
    self.sequence = sequence
    self.outcome = outcome
  }
}
