/// When a source is worth asking.
package enum SourceSchedule: Hashable, Sendable {
  /// Every so often, ± 10 %, because the page moves at any time.
  case interval(Duration)
  /// Around the time a publisher announces, because it prints once a day.
  case calendar(PublicationCalendar)

  /// The publisher's calendar; nil where it has none.
  package var calendar: PublicationCalendar? {
    if case .calendar(let calendar) = self { calendar } else { nil }
  }
}
