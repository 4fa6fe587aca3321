/// The page that guards check a line of.
struct GuardedPage: Sendable {
  /// The day the rates are for, if the source prints it.
  let valueDate: CalendarDay?

  /// The value date of the last trusted publication.
  let lastValueDate: CalendarDay?

  /// The current day in UTC.
  var today: CalendarDay { now.day }

  /// The time of the page, and the times of the successful polls before it; the latest ones suffice.
  let now: Timestamp
  let polls: [Timestamp]

  /// The lines in the order of the page.
  let lines: [GuardedLine]

  /// True if a line is certainly the inverse of its last rate.
  let isPlainlyInverted: Bool

  /// The places of lines by their printed number.
  private let placesByNumber: [ExactDecimal: [Int]]

  /// Creates a page; the cost is linear in its lines.
  init(
    valueDate: CalendarDay?, lastValueDate: CalendarDay?, now: Timestamp, polls: [Timestamp] = [],
    lines: [GuardedLine]
  ) {
    self.valueDate = valueDate
    self.lastValueDate = lastValueDate
    self.now = now
    self.polls = polls
    self.lines = lines
    isPlainlyInverted = lines.contains { $0.jump.map(InvertedGuard.isPlain) ?? false }
    placesByNumber = Dictionary(grouping: lines.indices) { lines[$0].rate.printed }
  }

  /// True if a rate without a date that is first suspect since then, and has been printed since, is
  /// confirmed by this page.
  func confirmsUndated(since firstSeen: Timestamp) -> Bool {
    polls.count { $0 >= firstSeen } + 1 >= GuardCatalog.confirmingPolls
      && now - firstSeen >= GuardCatalog.confirmingTime
  }

  /// Returns the lines that print a number, at most `IdenticalDigitsGuard.mostCompared` of them.
  func lines(printing number: ExactDecimal) -> [GuardedLine] {
    (placesByNumber[number] ?? []).prefix(IdenticalDigitsGuard.mostCompared).map { lines[$0] }
  }
}
