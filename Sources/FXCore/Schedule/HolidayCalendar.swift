/// The days on which a publisher does not print, by rules rather than by a table of years.
///
/// One calendar is one file in `Holidays/`. A rule too many only means that a gap on that day is
/// found a day later; a rule too few is a false alarm. So where a country has days off that no rule
/// gives (moved by decree, or by a lunar calendar), the calendar tolerates missing publications.
package struct HolidayCalendar: Hashable, Sendable {
  /// What becomes of a holiday on a weekend.
  package enum Substitution: Hashable, Sendable {
    /// Nothing.
    case none
    /// The next day that is neither weekend nor holiday is free.
    case ofWeekends
    /// Likewise, for Sundays only.
    case ofSundays
  }

  /// Whose holidays, in English.
  package let name: String

  package let rules: [HolidayRule]

  package let substitution: Substitution

  /// How many publications in a row may be missing beyond the rules before anyone is told.
  package let tolerance: Int

  /// A calendar of rules.
  package init(
    name: String, rules: [[HolidayRule]], substitution: Substitution = .none, tolerance: Int = 0
  ) {
    self.name = name
    self.rules = rules.flatMap(\.self)
    self.substitution = substitution
    self.tolerance = tolerance
  }

  /// No holidays at all.
  package static let none = HolidayCalendar(name: "no holidays", rules: [])

  /// Every calendar there is, in alphabetical order of names.
  package static let all: [HolidayCalendar] = [
    .australia,
    .belarus,
    .canada,
    .czechia,
    .georgia,
    .hongKong,
    .kazakhstan,
    .kyrgyzstan,
    .norway,
    .poland,
    .romania,
    .russia,
    .sweden,
    .switzerland,
    .tajikistan,
    .target,
    .turkiye,
    .ukraine,
    .uzbekistan,
  ]

  /// Whether that day is a holiday, or stands in for one.
  ///
  /// Cost: linear in the rules.
  package func contains(_ day: CalendarDay) -> Bool {
    isRuled(day) || isSubstitute(day)
  }

  private func isRuled(_ day: CalendarDay) -> Bool { rules.contains { $0.falls(on: day) } }

  private func isWeekend(_ day: CalendarDay) -> Bool { day.weekday >= 6 }

  /// Plays through the two weeks before: each holiday on a weekend takes the next day that is free.
  ///
  /// Those that the moon gives are not moved.
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
