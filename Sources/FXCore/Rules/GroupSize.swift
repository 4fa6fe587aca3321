/// The number of pairs of one source for which the condition of a rule must hold, so that its one alert fires.
package enum GroupSize: Hashable, Sendable {
  /// At least that many pairs.
  case atLeast(Int)
  /// Every pair that the rule watches.
  case all

  /// Returns the number of pairs that it takes of so many.
  func needed(of members: Int) -> Int {
    switch self {
    case .atLeast(let count): count
    case .all: max(1, members)
    }
  }
}

extension GroupSize: CustomStringConvertible {
  /// The setting as written in a config.
  package var description: String {
    switch self {
    case .atLeast(let count): "at_least: \(count)"
    case .all: "all: true"
    }
  }
}
