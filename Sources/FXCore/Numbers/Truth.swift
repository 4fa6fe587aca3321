/// The result of a comparison whose operands are only known to lie in ranges: Kleene's three-valued
/// logic.
package enum Truth: Hashable, Sendable {
  case yes
  case no
  /// Both results are possible within the rounding.
  case undecided

  /// Converts a Boolean.
  package init(_ fact: Bool) { self = fact ? .yes : .no }

  /// Returns the conjunction: `no` if either side is `no`.
  package func and(_ other: Truth) -> Truth {
    if self == .no || other == .no { return .no }
    return self == .yes && other == .yes ? .yes : .undecided
  }

  /// Returns the disjunction: `yes` if either side is `yes`.
  package func or(_ other: Truth) -> Truth {
    if self == .yes || other == .yes { return .yes }
    return self == .no && other == .no ? .no : .undecided
  }

  /// The negation; `undecided` stays undecided.
  package var negated: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .undecided: .undecided
    }
  }
}
