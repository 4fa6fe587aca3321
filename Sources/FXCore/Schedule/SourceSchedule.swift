/// The times at which a source is polled.
package enum SourceSchedule: Hashable, Sendable {
  /// Regular polls, ± 10 %, of a page that changes at any time.
  case interval(Duration)
  /// Polls after the announced time of a publisher that prints once a day.
  case calendar(PublicationCalendar)

  /// The publisher's calendar; nil for regular polls.
  package var calendar: PublicationCalendar? {
    if case .calendar(let calendar) = self { calendar } else { nil }
  }

  /// The meaning of the dates of a source whose description states none: a publisher with a calendar
  /// sets one rate for each value date, and any other page may change within the day.
  package var usualDating: PlannedSource.Dating { calendar == nil ? .pageDay : .fixing }
}
