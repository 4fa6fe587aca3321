/// An event that the engine decides on.
package enum Event: Hashable, Sendable {
  /// The daemon starts, or a reload replaced the plan.
  case started
  /// The wake-up that `Commands.wake` requested; early, late and repeated ones are harmless.
  case woke
  /// A fetch of a source ended, or a part of it.
  case fetched(SourceName, FetchOutcome)
  /// The next portion of the publication in `Commands.unfinished` can be taken in.
  case continued(SourceName)
  /// Attempts of leases ended; each notifier occurs once.
  case delivered([LeaseReport])
  /// The answer to one of `Commands.loads`.
  case loaded(LoadedPage)
  /// A poll of a source was asked for, in addition to those of its schedule.
  case pollRequested(SourceName)
  /// The wall clock was set, by that much beyond the time that passed.
  case clockStepped(by: Duration)

  /// True if alerts can result, for which current silences are needed; a publication in portions
  /// keeps those of its first portion.
  package var mayFire: Bool {
    switch self {
    case .delivered, .continued, .loaded, .pollRequested: false
    case .started, .woke, .fetched, .clockStepped: true
    }
  }

  /// True for a step of the wall clock.
  package var isClockStep: Bool { if case .clockStepped = self { true } else { false } }

  /// Attempts of one notifier's lease ended; `isLast` if no attempt is under way any more.
  package static func delivered(
    notifier: String, reports: [DeliveryReport], isLast: Bool
  ) -> Event {
    .delivered([LeaseReport(notifier: notifier, reports: reports, isLast: isLast)])
  }
}
