/// The publication times of a publisher: time zone, time of day, days of the week and holidays.
package struct PublicationCalendar: Hashable, Sendable {
  /// The IANA name of the time zone, such as `Europe/Berlin`.
  package let zone: String

  /// The earliest announced time, in minutes after local midnight, 0 to 1439.
  package let minuteOfDay: Int

  /// The ISO days of the week, Monday 1 to Sunday 7, on which it prints.
  package let weekdays: Set<Int>

  /// The days of `weekdays` on which it does not print.
  package let holidays: HolidayCalendar

  /// The time after the publication time until a publication counts as missed.
  package let grace: Duration

  /// The usual grace: as long as the polls for a publication go on, so that the last one decides.
  package static let usualGrace: Duration = .seconds(3 * 3600)

  /// The longest time before the announced time in which a publication counts as that day's.
  ///
  /// Publishers are early now and then; corrections of the day before come earlier than this.
  package static let earliness: Duration = .seconds(4 * 3600)

  /// The number of days over which missing publications are counted.
  package static let memory = 400

  /// Creates a calendar; `hour` and `minute` are local.
  package init(
    zone: String, hour: Int, minute: Int, weekdays: some Sequence<Int> = 1...5,
    holidays: HolidayCalendar = .none, grace: Duration = usualGrace
  ) {
    self.zone = zone
    self.minuteOfDay = hour * 60 + minute
    self.weekdays = Set(weekdays)
    self.holidays = holidays
    self.grace = grace
  }

  /// True if the publisher prints on that day.
  package func prints(on day: CalendarDay) -> Bool {
    weekdays.contains(day.weekday) && !holidays.contains(day)
  }

  /// Returns the publication time of a day, even if the publisher does not print on it.
  ///
  /// An unknown zone counts as UTC.
  package func instant(on day: CalendarDay, zones: any Zones) -> Timestamp {
    // Exact, because no publication time is within an hour of a change of clocks.
    LocalClock(zone: zone, zones: zones).instant(of: day, minute: minuteOfDay)
  }

  /// Returns the time of a day's publication; nil for a day without one.
  package func expected(on day: CalendarDay, zones: any Zones) -> Timestamp? {
    prints(on: day) ? instant(on: day, zones: zones) : nil
  }

  /// Returns the first expected publication after an instant; nil if none is within `memory` days.
  package func nextExpected(after instant: Timestamp, zones: any Zones) -> Timestamp? {
    for offset in -2...Self.memory {
      let day = instant.day.advanced(by: offset)
      if let next = expected(on: day, zones: zones), next > instant { return next }
    }
    return nil
  }

  /// Returns the last expected publication before an instant; nil if none is within `memory` days.
  package func lastExpected(before instant: Timestamp, zones: any Zones) -> Timestamp? {
    for offset in -2...Self.memory {
      let day = instant.day.advanced(by: -offset)
      if let last = expected(on: day, zones: zones), last < instant { return last }
    }
    return nil
  }

  /// Counts the publications missing at `now` if the last one was first seen at `published`.
  ///
  /// A publication is missing if its time and the grace are over, and nothing was published since
  /// `earliness` before its time. Cost: linear in the days between, at most `memory`.
  package func missed(
    between published: Timestamp, and now: Timestamp, zones: any Zones
  ) -> Int {
    let last = now.day.advanced(by: 1)
    var day = max(published.day.advanced(by: -1), last.advanced(by: -Self.memory))
    var missed = 0
    while day <= last {
      if let due = expected(on: day, zones: zones), due - Self.earliness > published,
        due + grace <= now
      {
        missed += 1
      }
      day = day.advanced(by: 1)
    }
    return missed
  }
}
