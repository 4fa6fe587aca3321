/// When a publisher prints: its zone, time of day, days of the week and holidays.
package struct PublicationCalendar: Hashable, Sendable {
  /// IANA name, such as `Europe/Berlin`.
  package let zone: String

  /// Minutes after local midnight, 0 to 1439: the earliest moment the publisher announces.
  package let minuteOfDay: Int

  /// ISO days of the week, Monday 1 to Sunday 7, on which it prints.
  package let weekdays: Set<Int>

  /// The days on which it does not, although the day of the week is one of those.
  package let holidays: HolidayCalendar

  /// How long after the publication time a publication is late before it counts as missed.
  package let grace: Duration

  /// As long as the polls of a publication go on, so that the last of them decides.
  package static let usualGrace: Duration = .seconds(3 * 3600)

  /// How long before the announced time a publication may come and still be that day's: publishers
  /// are early now and then, and a correction of the day before comes later than that.
  package static let earliness: Duration = .seconds(4 * 3600)

  /// How far back missing publications are counted, in days.
  package static let memory = 400

  /// A calendar; `hour` and `minute` are local.
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

  /// Whether the publisher prints on that day.
  package func prints(on day: CalendarDay) -> Bool {
    weekdays.contains(day.weekday) && !holidays.contains(day)
  }

  /// The publication time of that day, whether the publisher prints on it or not.
  ///
  /// UTC where the zone is not known.
  package func instant(on day: CalendarDay, zones: any Zones) -> Timestamp {
    let civil = Timestamp(
      seconds: Int64(day.daysSinceEpoch) * 86_400 + Int64(minuteOfDay) * 60)
    // The offset is looked up at the instant it gives, once corrected: enough for every zone, since
    // no publication time lies within an hour of a change of clocks.
    let guess = zones.offset(ofZone: zone, at: civil) ?? 0
    let offset = zones.offset(ofZone: zone, at: civil - .seconds(guess)) ?? 0
    return civil - .seconds(offset)
  }

  /// When that day's publication is expected; nil on a day without one.
  package func expected(on day: CalendarDay, zones: any Zones) -> Timestamp? {
    prints(on: day) ? instant(on: day, zones: zones) : nil
  }

  /// The first expected publication after an instant; nil when none comes within `memory` days.
  package func nextExpected(after instant: Timestamp, zones: any Zones) -> Timestamp? {
    for offset in -2...Self.memory {
      let day = instant.day.advanced(by: offset)
      if let next = expected(on: day, zones: zones), next > instant { return next }
    }
    return nil
  }

  /// The last expected publication before an instant; nil when none was within `memory` days.
  package func lastExpected(before instant: Timestamp, zones: any Zones) -> Timestamp? {
    for offset in -2...Self.memory {
      let day = instant.day.advanced(by: -offset)
      if let last = expected(on: day, zones: zones), last < instant { return last }
    }
    return nil
  }

  /// How many publications are missing at `now` when the last one was first seen at `published`.
  ///
  /// One is missing once its time and the grace are over and nothing came from `earliness` before
  /// its time on. Cost: linear in the days between, `memory` of them at most.
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
