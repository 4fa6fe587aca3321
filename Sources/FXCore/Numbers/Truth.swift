/// The answer of a comparison whose operands are only known to lie in ranges: Kleene's three values.
package enum Truth: Hashable, Sendable {
  case yes
  case no
  /// Rounding leaves both answers open.
  case undecided

  /// The truth of a fact.
  package init(_ fact: Bool) { self = fact ? .yes : .no }

  /// Certain when either side settles it.
  package func and(_ other: Truth) -> Truth {
    if self == .no || other == .no { return .no }
    return self == .yes && other == .yes ? .yes : .undecided
  }

  /// Certain when either side settles it.
  package func or(_ other: Truth) -> Truth {
    if self == .yes || other == .yes { return .yes }
    return self == .no && other == .no ? .no : .undecided
  }

  /// The opposite; undecided stays so.
  package var negated: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .undecided: .undecided
    }
  }
}
