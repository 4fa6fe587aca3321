/// The days on which a publisher does not print, as rules that are valid for every year.
///
/// One calendar is one file in `Holidays/`. A rule too many only delays the detection of a gap by a
/// day; a missing rule is a false alarm. So the calendar of a country with holidays that no rule
/// describes (moved by decree, or by a lunar calendar) tolerates missing publications.
package struct HolidayCalendar: Hashable, Sendable {
  /// The substitute for a holiday on a weekend.
  package enum Substitution: Hashable, Sendable {
    /// No substitute.
    case none
    /// The next day that is neither a weekend nor a holiday.
    case ofWeekends
    /// The same, for Sundays only.
    case ofSundays
  }

  /// The name of the country or publisher, in English.
  package let name: String

  package let rules: [HolidayRule]

  package let substitution: Substitution

  /// The number of publications in a row that may be missing without a rule before it is reported.
  package let tolerance: Int

  /// Creates a calendar of rules.
  package init(
    name: String, rules: [[HolidayRule]], substitution: Substitution = .none, tolerance: Int = 0
  ) {
    self.name = name
    self.rules = rules.flatMap(\.self)
    self.substitution = substitution
    self.tolerance = tolerance
  }

  /// A calendar without holidays.
  package static let none = HolidayCalendar(name: "no holidays", rules: [])

  /// Every calendar, in alphabetical order of names.
  package static let all: [HolidayCalendar] = [
    .australia,
    .belarus,
    .canada,
    .czechia,
    .georgia,
    .hongKong,
    .kazakhstan,
    .kyrgyzstan,
    .moldova,
    .norway,
    .poland,
    .romania,
    .russia,
    .sweden,
    .switzerland,
    .tajikistan,
    .target,
    .turkiye,
    .turkmenistan,
    .ukraine,
    .uzbekistan,
  ]

  /// True if that day is a holiday, or the substitute for one.
  ///
  /// Cost: linear in the rules.
  package func contains(_ day: CalendarDay) -> Bool {
    isRuled(day) || isSubstitute(day)
  }

  private func isRuled(_ day: CalendarDay) -> Bool { rules.contains { $0.falls(on: day) } }

  private func isWeekend(_ day: CalendarDay) -> Bool { day.weekday >= 6 }

  /// Assigns the substitutes of the two weeks before: each holiday on a weekend takes the next free
  /// day.
  ///
  /// Holidays of a lunar calendar are not moved.
  private func isSubstitute(_ day: CalendarDay) -> Bool {
    let moves: ClosedRange<Int>
    switch substitution {
    case .none: return false
    case .ofWeekends: moves = 6...7
    case .ofSundays: moves = 7...7
    }
    guard !isWeekend(day) else { return false }
    var taken: Set<CalendarDay> = []
    for offset in -14 ... -1 {
      let holiday = day.advanced(by: offset)
      guard moves.contains(holiday.weekday), rules.contains(where: { $0.moves(from: holiday) })
      else { continue }
      var substitute = holiday.advanced(by: 1)
      while isWeekend(substitute) || isRuled(substitute) || taken.contains(substitute) {
        substitute = substitute.advanced(by: 1)
      }
      taken.insert(substitute)
    }
    return taken.contains(day)
  }
}
