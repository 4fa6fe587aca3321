/// Decides whether a publication was found late: it was due long before it was found, when fxwatch
/// did not poll its source.
///
/// A publisher that is late itself, and a revision, are not found late.
package struct Lateness {
  private let source: TrackedSource
  private let zones: any Zones

  /// The lateness of publications of a source.
  package init(_ source: TrackedSource, _ zones: any Zones) {
    self.source = source
    self.zones = zones
  }

  /// True if a publication of a value date that is found now was found late.
  ///
  /// With a calendar: it was due after the last successful poll, and the grace is over. With an
  /// interval: the last successful poll was longer ago than a few intervals.
  package func isLate(valueDate: CalendarDay?, at now: Timestamp) -> Bool {
    guard let lastSuccess = source.state.lastSuccess else { return false }
    switch source.planned.schedule {
    case .interval(let every):
      return now - lastSuccess
        > max(every * SourceLimits.intervalsUntilLate, SourceLimits.shortestAbsence)
    case .calendar(let calendar):
      guard
        let due = due(valueDate, lastSuccess: lastSuccess, by: calendar, at: now)
      else { return false }
      return lastSuccess < due && due + calendar.grace < now
    }
  }

  /// Returns when a publication was expected: as many publications after the last one as there are
  /// days of publication between their value dates; nil for a day that is not newer.
  ///
  /// After earlier days of the same body, the latest expected publication is the one that is due.
  private func due(
    _ valueDate: CalendarDay?, lastSuccess: Timestamp, by calendar: PublicationCalendar,
    at now: Timestamp
  ) -> Timestamp? {
    guard let day = valueDate, let last = source.state.latestValueDate, day > last,
      let published = source.state.latestFirstSeen
    else { return nil }
    guard published <= lastSuccess else { return calendar.lastExpected(before: now, zones: zones) }
    let distance = min(day.daysSinceEpoch - last.daysSinceEpoch, PublicationCalendar.memory)
    let steps = (1...distance).count { calendar.prints(on: last.advanced(by: $0)) }
    var due = published + PublicationCalendar.earliness
    for _ in 0..<max(1, steps) {
      guard let next = calendar.nextExpected(after: due, zones: zones) else { return nil }
      due = next
    }
    return due
  }
}
