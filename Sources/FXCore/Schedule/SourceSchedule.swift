/// When a source is worth asking.
package enum SourceSchedule: Hashable, Sendable {
  /// Every so often, ± 10 %, because the page moves at any time.
  case interval(Duration)
  /// Around the time a publisher announces, because it prints once a day.
  case calendar(PublicationCalendar)
}

/// When a publisher prints: its zone, time of day and days of the week.
package struct PublicationCalendar: Hashable, Sendable {
  /// IANA name, such as `Europe/Berlin`.
  package let zone: String

  /// Minutes after local midnight, 0 to 1439.
  package let minuteOfDay: Int

  /// ISO days of the week, Monday 1 to Sunday 7, on which it prints.
  package let weekdays: Set<Int>

  /// A calendar; `hour` and `minute` are local.
  package init(zone: String, hour: Int, minute: Int, weekdays: ClosedRange<Int> = 1...5) {
    self.zone = zone
    self.minuteOfDay = hour * 60 + minute
    self.weekdays = Set(weekdays)
  }
}
