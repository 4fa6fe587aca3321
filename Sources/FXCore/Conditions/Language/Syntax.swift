/// The syntax tree of a condition, before names and types are checked.
struct Syntax: Sendable {
  /// A node of the tree.
  indirect enum Node: Sendable {
    case number(ExactDecimal)
    case percent(Fraction)
    case duration(Duration)
    /// `25 pips`, `3 ticks`
    case steps(RateStep, ExactDecimal)
    /// `3 publications`
    case publications(Int)
    /// `since 2026-01-01`
    case since(CalendarDay)
    /// `since month`
    case sinceStart(CalendarPeriod)
    /// `since armed`
    case sinceAlert(AlertMark)
    /// `30d before`: a window without the current rate.
    case before(Syntax)
    /// The argument of a function that expects a word.
    case word(String)
    /// A function by its name; without arguments if it has no parentheses.
    case call(String, [Syntax])
    case negated(Syntax)
    case not(Syntax)
    case arithmetic(Arithmetic, Syntax, Syntax)
    case comparison(Comparison, Syntax, Syntax)
    case logical(LogicalOperator, Syntax, Syntax)
  }

  let node: Node

  /// UTF-8 bytes from the start of the condition, including parentheses around the node.
  let range: Range<Int>

  /// The position of the operator or the function's name; the whole range if the node has none.
  let mark: Range<Int>

  /// Makes a node; `mark` defaults to its whole range.
  init(_ node: Node, _ range: Range<Int>, mark: Range<Int>? = nil) {
    self.node = node
    self.range = range
    self.mark = mark ?? range
  }
}
