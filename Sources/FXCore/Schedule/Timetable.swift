/// The times at which one source is polled; pure.
package struct Timetable {
  private let schedule: SourceSchedule

  /// A text that is different for each source and installation and spreads the polls.
  private let seed: String

  private let zones: any Zones

  /// Creates the timetable of a source; `seed` must be the same after a restart.
  package init(_ schedule: SourceSchedule, seed: String, zones: any Zones) {
    self.schedule = schedule
    self.seed = seed
    self.zones = zones
  }

  /// The time between a failed attempt and its only retry before the next slot.
  package static let retryDelay: Duration = .seconds(30)

  /// The time between polls of a calendar source after its publication time.
  package static let calendarStep: Duration = .seconds(30 * 60)

  /// The number of such polls, which take 3 hours.
  package static let calendarSteps: Int64 = 6

  /// The longest delay of a calendar source's polls, so that installations poll at different times.
  package static let longestSpread: Duration = .seconds(120)

  /// The longest wait that a server can request with Retry-After.
  package static let longestPause: Duration = .seconds(24 * 3600)

  /// The longest delay of the first poll of a new source, so that not all start at once.
  package static let startSpread: Duration = .milliseconds(100)

  /// Returns the time of the first poll after a start: the time that was due, but not later than the
  /// next slot (the schedule may have become shorter).
  ///
  /// A source that was never polled is due at once, delayed by the spread.
  package func firstDue(
    _ due: Timestamp?, lastAttempt: Timestamp?, now: Timestamp
  ) -> Timestamp {
    guard let due, let lastAttempt, lastAttempt <= now else {
      return now + StableRandom.share(of: Self.startSpread, seed, 0)
    }
    let latest = max(lastAttempt, now - .seconds(1))
    return min(due, slot(after: latest))
  }

  /// Returns the next slot after an attempt at `instant`.
  ///
  /// For an interval: one interval later, ± 10 %. For a calendar: every half hour in the three hours
  /// after the publication time on a day of publication, and once at that time on other days; each
  /// delayed by the same spread.
  package func slot(after instant: Timestamp) -> Timestamp {
    switch schedule {
    case .interval(let every):
      return instant
        + StableRandom.jittered(every, percent: 10, seed, instant.milliseconds)
    case .calendar(let calendar):
      return slot(after: instant, of: calendar)
    }
  }

  /// Returns the time of the next attempt after a failure: once after 30 s, then the next slot;
  /// never before the server's Retry-After.
  ///
  /// `failures` is the number of failures in a row, with this one.
  package func dueAfterFailure(
    at instant: Timestamp, failures: Int, retryAfter: Duration?
  ) -> Timestamp {
    var due = slot(after: instant)
    if !failures.isMultiple(of: 2) { due = min(due, instant + Self.retryDelay) }
    if let retryAfter { due = max(due, instant + min(retryAfter, Self.longestPause)) }
    return due
  }

  private func slot(
    after instant: Timestamp, of calendar: PublicationCalendar
  ) -> Timestamp {
    let spread = StableRandom.share(of: Self.longestSpread, seed, 0)
    var day = instant.day.advanced(by: -2)
    while true {
      let published = calendar.instant(on: day, zones: zones)
      let steps = calendar.prints(on: day) ? Self.calendarSteps : 0
      for step in 0...steps {
        let slot = published + Self.calendarStep * Int(step) + spread
        if slot > instant { return slot }
      }
      day = day.advanced(by: 1)
    }
  }
}
