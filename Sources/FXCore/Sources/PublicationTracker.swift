/// How a source keeps its calendar, as far as fxwatch has looked.
struct PublicationTracker {
  let calendar: PublicationCalendar
  let zones: any Zones

  /// When its latest publication was first seen.
  let published: Timestamp

  /// When it last answered: what was not looked for is not missing.
  let looked: Timestamp

  /// How much later than the grace a rule is asked: the last poll of the grace has come back by then.
  static let patience = Timetable.longestSpread + .seconds(180)

  /// Of a source with a calendar; nil for any other.
  init?(_ planned: PlannedSource, published: Timestamp, looked: Timestamp, zones: any Zones) {
    guard let calendar = planned.schedule.calendar else { return nil }
    self.calendar = calendar
    self.zones = zones
    self.published = published
    self.looked = looked
  }

  /// How many publications are missing.
  func missed(at now: Timestamp) -> Int {
    calendar.missed(between: published, and: min(now - Self.patience, looked), zones: zones)
  }

  /// When one more will be missing unless one comes; nil without an end.
  func nextMissed(after now: Timestamp) -> Timestamp? {
    let delay = calendar.grace + Self.patience
    let start = max(now - delay, published + PublicationCalendar.earliness)
    return calendar.nextExpected(after: start, zones: zones).map { $0 + delay }
  }
}
