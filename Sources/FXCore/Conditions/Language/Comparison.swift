/// A comparison operator.
package enum Comparison: String, Hashable, Sendable {
  case above = ">"
  case atLeast = ">="
  case below = "<"
  case atMost = "<="
  case equal = "=="

  /// The equivalent comparison with exchanged sides.
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
