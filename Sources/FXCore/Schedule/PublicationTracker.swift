/// The publications of one source that its calendar expects, as far as the source was polled.
struct PublicationTracker: Sendable {
  let calendar: PublicationCalendar
  let zones: any Zones

  /// The time at which its latest publication was first seen.
  let published: Timestamp

  /// The time of its last successful poll: a publication that was not looked for is not missing.
  let lastSuccess: Timestamp

  /// The time after the grace at which rules are evaluated: the last poll of the grace has ended by
  /// then.
  static let pollAllowance = Timetable.longestSpread + .seconds(180)

  /// The tracker of a source with a calendar; nil for any other.
  init?(
    _ source: PlannedSource, published: Timestamp, lastSuccess: Timestamp, zones: any Zones
  ) {
    guard let calendar = source.schedule.calendar else { return nil }
    self.calendar = calendar
    self.zones = zones
    self.published = published
    self.lastSuccess = lastSuccess
  }

  /// Returns the number of missing publications.
  func missed(at now: Timestamp) -> Int {
    calendar.missed(
      between: published, and: min(now - Self.pollAllowance, lastSuccess), zones: zones)
  }

  /// Returns when one more publication will be missing unless one arrives; nil if never.
  func nextMissed(after now: Timestamp) -> Timestamp? {
    let delay = calendar.grace + Self.pollAllowance
    let start = max(now - delay, published + PublicationCalendar.earliness)
    return calendar.nextExpected(after: start, zones: zones).map { $0 + delay }
  }
}
