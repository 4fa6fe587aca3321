/// A day of the arithmetical Islamic calendar, which follows the moon to within about a day.
///
/// It has the civil epoch and the cycle of 30 years with 11 leap years. Source: E. M. Reingold and
/// N. Dershowitz, Calendrical Calculations, chapter 7.
struct IslamicDate: Hashable {
  let year: Int
  let month: Int
  let day: Int

  /// 1 Muharram of the year 1: 19 July 622, Gregorian.
  private static let epoch = -492_148

  /// Creates the date of a Gregorian day; exact for days from 622 on.
  init(_ gregorian: CalendarDay) {
    let elapsed = gregorian.daysSinceEpoch - Self.epoch
    year = (30 * elapsed + 10_646).flooredDivision(by: 10_631)
    let dayOfYear = elapsed - 354 * (year - 1) - (3 + 11 * year).flooredDivision(by: 30)
    func start(of month: Int) -> Int { (59 * (month - 1) + 1) / 2 }
    let month = (1...12).last { start(of: $0) <= dayOfYear } ?? 1
    self.month = month
    day = dayOfYear - start(of: month) + 1
  }
}
