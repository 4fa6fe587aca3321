/// A condition as it was written, before anything is known about its words.
struct Syntax: Sendable {
  /// What is written.
  indirect enum Node: Sendable {
    case number(ExactDecimal)
    case percent(Fraction)
    case duration(Duration)
    /// `3 publications`
    case publications(Int)
    /// `since 2026-01-01`
    case since(CalendarDay)
    /// What stands in the parentheses of a function that takes a word.
    case word(String)
    /// A function by its name; no arguments where it stands without parentheses.
    case call(String, [Syntax])
    case negated(Syntax)
    case not(Syntax)
    case arithmetic(Arithmetic, Syntax, Syntax)
    case comparison(Comparison, Syntax, Syntax)
    case junction(LogicalOperator, Syntax, Syntax)
  }

  let node: Node

  /// UTF-8 bytes from the start of the condition, parentheses around it included.
  let range: Range<Int>

  /// Where its operator or its function's name stands; the whole range where it has none.
  let mark: Range<Int>

  /// Something written; `mark` defaults to its whole range.
  init(_ node: Node, _ range: Range<Int>, mark: Range<Int>? = nil) {
    self.node = node
    self.range = range
    self.mark = mark ?? range
  }
}

/// What can be done with two quantities.
enum Arithmetic: String, Sendable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case dividedBy = "/"

  /// How it is said: "a rate plus a percent".
  var words: String {
    switch self {
    case .plus: "plus"
    case .minus: "minus"
    case .times: "times"
    case .dividedBy: "divided by"
    }
  }
}

/// How two quantities are compared.
package enum Comparison: String, Hashable, Sendable {
  case above = ">"
  case atLeast = ">="
  case below = "<"
  case atMost = "<="
  case equal = "=="

  /// The comparison that says the same with its sides exchanged.
  package var mirrored: Comparison {
    switch self {
    case .above: .below
    case .atLeast: .atMost
    case .below: .above
    case .atMost: .atLeast
    case .equal: .equal
    }
  }
}

/// How two conditions are joined.
enum LogicalOperator: String, Sendable {
  case and
  case or
}
