/// A page as guards look at it: what they may compare a line with.
struct GuardedPage: Sendable {
  /// The day the source says the rates are for.
  let valueDate: CalendarDay?

  /// The value date of the last publication that was trusted.
  let lastValueDate: CalendarDay?

  /// The day it is, in UTC.
  let today: CalendarDay

  /// In page order.
  let lines: [GuardedLine]

  /// Whether a line is beyond doubt the inverse of what it was.
  let isPlainlyInverted: Bool

  /// The places of the lines that print a figure, by that figure.
  private let printing: [ExactDecimal: [Int]]

  /// A page.
  ///
  /// Cost: linear in its lines.
  init(
    valueDate: CalendarDay?, lastValueDate: CalendarDay?, today: CalendarDay, lines: [GuardedLine]
  ) {
    self.valueDate = valueDate
    self.lastValueDate = lastValueDate
    self.today = today
    self.lines = lines
    isPlainlyInverted = lines.contains { $0.jump.map(InvertedGuard.isPlain) ?? false }
    printing = Dictionary(grouping: lines.indices) { lines[$0].rate.printed }
  }

  /// The lines that print this figure, at most `IdenticalDigitsGuard.mostCompared` of them.
  func lines(printing figure: ExactDecimal) -> [GuardedLine] {
    (printing[figure] ?? []).prefix(IdenticalDigitsGuard.mostCompared).map { lines[$0] }
  }
}
