package import FXCore

/// The current month of a publisher's calendar, with what was published.
package struct SourceMonth: Sendable {
  /// One day of the month.
  package struct Day: Hashable, Sendable {
    package let date: CalendarDay
    package let state: State
    package let isToday: Bool
  }

  /// The relation of a day to the publications.
  package enum State: String, Sendable {
    case published
    case expected
    case missing
    /// The publisher does not print on that day.
    case closed
  }

  /// The month as a title, `2026-02`.
  package let title: String

  /// The weeks from Monday on; nil for days of other months.
  package let weeks: [[Day?]]

  /// The month of an instant in the zone of a calendar.
  ///
  /// A day is published if a publication was first seen on it, or has it as its value date.
  package init(
    _ calendar: PublicationCalendar, _ publications: [Publication], zones: any Zones,
    now: Timestamp
  ) {
    func local(_ instant: Timestamp) -> CalendarDay {
      (instant + .seconds(zones.offset(ofZone: calendar.zone, at: instant) ?? 0)).day
    }
    let today = local(now)
    let published = Set(
      publications.map { local($0.firstSeen) } + publications.compactMap(\.valueDate))
    let first = today.advanced(by: 1 - today.civil.day)
    let dates = (0..<31).map { first.advanced(by: $0) }.filter {
      $0.civil.month == first.civil.month
    }
    let days = dates.map { date in
      let due = calendar.expected(on: date, zones: zones)
      let state: State =
        published.contains(date) && date <= today
        ? .published : due.map { $0 + calendar.grace <= now ? .missing : .expected } ?? .closed
      return Day(date: date, state: state, isToday: date == today)
    }
    title = String(first.description.prefix(7))
    let before = [Day?](repeating: nil, count: first.weekday - 1)
    let cells = before + days.map(Optional.some)
    let padded = cells + [Day?](repeating: nil, count: (7 - cells.count % 7) % 7)
    weeks = stride(from: 0, to: padded.count, by: 7).map { Array(padded[$0..<$0 + 7]) }
  }
}
