/// When sources are asked: pure functions of what is known and what time it is.
///
/// `seed` names a source of one installation; what is spread by it stays where it is over restarts.
package enum Timetable {
  /// How long after a failed attempt the one retry of a slot comes.
  package static let retryDelay: Duration = .seconds(30)

  /// How far apart the polls of a calendar source are once its rates are due.
  package static let calendarStep: Duration = .seconds(30 * 60)

  /// How many such polls follow the publication time: 3 hours of them.
  package static let calendarSteps: Int64 = 6

  /// How much later than its slot a calendar source may be asked, so that not every fxwatch asks in
  /// the same second.
  package static let longestSpread: Duration = .seconds(120)

  /// The most a server's Retry-After can put a source off.
  package static let longestPause: Duration = .seconds(24 * 3600)

  /// The longest a never-asked source waits at the start, so that many do not start in one instant.
  package static let startSpread: Duration = .milliseconds(100)

  /// When a source is first asked after a start: when it was going to be, but not later than its
  /// schedule allows from now (a schedule may have become shorter); at once, give or take the
  /// spread, if it was never asked.
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

  /// The next slot after an attempt at `instant`.
  ///
  /// An interval source: one interval later, ± 10 %. A calendar source: every half hour across the
  /// three hours after its publication time on a day it prints, once at that time on weekends and
  /// holidays; each a little later by a stable spread.
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

  /// When to ask again after a failure: once after 30 s, then at the next slot; never before the
  /// server's Retry-After.
  ///
  /// `failures` counts this one.
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
