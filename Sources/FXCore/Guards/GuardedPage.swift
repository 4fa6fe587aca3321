/// The page that guards check a line of.
struct GuardedPage: Sendable {
  /// The day the rates are for, if the source prints it.
  let valueDate: CalendarDay?

  /// The value date of the last trusted publication.
  let lastValueDate: CalendarDay?

  /// The current day in UTC.
  let today: CalendarDay

  /// The lines in the order of the page.
  let lines: [GuardedLine]

  /// True if a line is certainly the inverse of its last rate.
  let isPlainlyInverted: Bool

  /// The places of lines by their printed number.
  private let placesByNumber: [ExactDecimal: [Int]]

  /// Creates a page; the cost is linear in its lines.
  init(
    valueDate: CalendarDay?, lastValueDate: CalendarDay?, today: CalendarDay, lines: [GuardedLine]
  ) {
    self.valueDate = valueDate
    self.lastValueDate = lastValueDate
    self.today = today
    self.lines = lines
    isPlainlyInverted = lines.contains { $0.jump.map(InvertedGuard.isPlain) ?? false }
    placesByNumber = Dictionary(grouping: lines.indices) { lines[$0].rate.printed }
  }

  /// Returns the lines that print a number, at most `IdenticalDigitsGuard.mostCompared` of them.
  func lines(printing number: ExactDecimal) -> [GuardedLine] {
    (placesByNumber[number] ?? []).prefix(IdenticalDigitsGuard.mostCompared).map { lines[$0] }
  }
}
