/// One token of a condition.
struct Token: Hashable, Sendable {
  /// The kind of a token, with its value.
  enum Kind: Hashable, Sendable {
    case number(ExactDecimal)
    /// A percentage as a fraction: `1%` is 1/100.
    case percent(Fraction)
    case duration(Duration)
    case day(CalendarDay)
    /// The argument of a function that expects a word.
    case word(String)
    /// A function's name, or `and`, `or`, `not`.
    case name(String)
    /// An operator, a parenthesis or a comma.
    case symbol(String)
    case end
  }

  let kind: Kind

  /// UTF-8 bytes from the start of the condition.
  let range: Range<Int>
}
