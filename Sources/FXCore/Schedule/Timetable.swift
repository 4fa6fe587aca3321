/// Computes the times of polls; pure.
///
/// `seed` is different for each source and installation and spreads the polls; it is the same after
/// a restart.
package enum Timetable {
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
  package static func firstDue(
    _ schedule: SourceSchedule, _ state: SourceState, seed: String, now: Timestamp,
    zones: any Zones
  ) -> Timestamp {
    guard let due = state.due, let lastAttempt = state.lastAttempt, lastAttempt <= now else {
      return now + StableRandom.share(of: startSpread, seed, 0)
    }
    let latest = max(lastAttempt, now - .seconds(1))
    return min(due, slot(after: latest, schedule, seed: seed, zones: zones))
  }

  /// Returns the next slot after an attempt at `instant`.
  ///
  /// For an interval: one interval later, ± 10 %. For a calendar: every half hour in the three hours
  /// after the publication time on a day of publication, and once at that time on other days; each
  /// delayed by the same spread.
  package static func slot(
    after instant: Timestamp, _ schedule: SourceSchedule, seed: String, zones: any Zones
  ) -> Timestamp {
    switch schedule {
    case .interval(let every):
      return instant
        + StableRandom.jittered(every, percent: 10, seed, instant.milliseconds)
    case .calendar(let calendar):
      return calendarSlot(after: instant, calendar, seed: seed, zones: zones)
    }
  }

  /// Returns the time of the next attempt after a failure: once after 30 s, then the next slot;
  /// never before the server's Retry-After.
  ///
  /// `failures` is the number of failures in a row, with this one.
  package static func dueAfterFailure(
    at instant: Timestamp, failures: Int, retryAfter: Duration?, _ schedule: SourceSchedule,
    seed: String, zones: any Zones
  ) -> Timestamp {
    var due = slot(after: instant, schedule, seed: seed, zones: zones)
    if !failures.isMultiple(of: 2) { due = min(due, instant + retryDelay) }
    if let retryAfter { due = max(due, instant + min(retryAfter, longestPause)) }
    return due
  }

  private static func calendarSlot(
    after instant: Timestamp, _ calendar: PublicationCalendar, seed: String, zones: any Zones
  ) -> Timestamp {
    let spread = StableRandom.share(of: longestSpread, seed, 0)
    var day = instant.day.advanced(by: -2)
    while true {
      let published = calendar.instant(on: day, zones: zones)
      let steps = calendar.prints(on: day) ? calendarSteps : 0
      for step in 0...steps {
        let slot = published + calendarStep * Int(step) + spread
        if slot > instant { return slot }
      }
      day = day.advanced(by: 1)
    }
  }
}
