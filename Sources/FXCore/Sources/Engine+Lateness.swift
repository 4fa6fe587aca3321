extension Engine {
  /// Whether a publication that is found now was due long before, when nobody looked: fxwatch was not
  /// running, or could not reach the source.
  ///
  /// Of a source with a calendar: it was due after the source last answered, and the grace is over by
  /// now. Of any other: the source last answered longer ago than a few of its intervals. A publisher
  /// that is late itself, and a revision, are not found late.
  func isLate(_ reading: SourceReading, _ memory: SourceMemory, at now: Timestamp) -> Bool {
    guard let looked = memory.state.lastSuccess else { return false }
    switch memory.planned.schedule {
    case .interval(let every):
      return now - looked
        > max(every * EngineLimits.intervalsUntilLate, EngineLimits.shortestAbsence)
    case .calendar(let calendar):
      guard let due = due(reading, memory.state, looked: looked, by: calendar, at: now) else {
        return false
      }
      return looked < due && due + calendar.grace < now
    }
  }

  /// When a publication was expected: as many publications after the last one as its value date is
  /// days of publication after that one's; nil for a day that is known.
  ///
  /// Where earlier days of the same body were taken in just before, it is the latest one that is due.
  private func due(
    _ reading: SourceReading, _ state: SourceState, looked: Timestamp,
    by calendar: PublicationCalendar, at now: Timestamp
  ) -> Timestamp? {
    guard let day = reading.valueDate, let last = state.latestValueDate, day > last,
      let published = state.latestFirstSeen
    else { return nil }
    guard published <= looked else { return calendar.lastExpected(before: now, zones: zones) }
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
