/// The answer to a claim: by the printed rates, and by what is known of the true ones.
struct Answer: Equatable {
  /// One of three values, or unknown because something is missing.
  enum Truth { case yes, no, undecided, unknown }

  /// The answer as if the printed rates were exact.
  var printed: Truth

  /// The answer for all rates that could have been printed so.
  var certain: Truth

  static let unknown = Answer(printed: .unknown, certain: .unknown)

  init(printed: Truth, certain: Truth) { (self.printed, self.certain) = (printed, certain) }

  init(_ fact: Bool) { self.init(printed: fact ? .yes : .no, certain: fact ? .yes : .no) }

  static prefix func ! (answer: Answer) -> Answer {
    Answer(printed: not(answer.printed), certain: not(answer.certain))
  }

  static func && (left: Answer, right: Answer) -> Answer {
    Answer(
      printed: both(left.printed, right.printed), certain: both(left.certain, right.certain))
  }

  static func || (left: Answer, right: Answer) -> Answer { !(!left && !right) }

  private static func not(_ truth: Truth) -> Truth {
    switch truth {
    case .yes: .no
    case .no: .yes
    case .undecided, .unknown: truth
    }
  }

  private static func both(_ left: Truth, _ right: Truth) -> Truth {
    if left == .no || right == .no { return .no }
    if left == .unknown || right == .unknown { return .unknown }
    return left == .yes && right == .yes ? .yes : .undecided
  }

  // MARK: Comparing

  /// Compares two values with a sign of the language.
  static func compare(_ left: Figure, _ sign: String, _ right: Figure) -> Answer {
    guard let a = left.printed, let b = right.printed else { return .unknown }
    let printed = holds(a, sign, b)
    if left.isFact, right.isFact { return Answer(printed) }
    return Answer(printed: printed ? .yes : .no, certain: certain(left, sign, right))
  }

  private static func holds(_ left: Ratio, _ sign: String, _ right: Ratio) -> Bool {
    switch sign {
    case ">": left > right
    case ">=": left >= right
    case "<": left < right
    case "<=": left <= right
    default: left == right
    }
  }

  private static func certain(_ left: Figure, _ sign: String, _ right: Figure) -> Truth {
    switch sign {
    case ">": return above(left, right)
    case "<": return above(right, left)
    case ">=": return not(above(right, left))
    case "<=": return not(above(left, right))
    default:
      if above(left, right) == .yes || above(right, left) == .yes { return .no }
      let ends = [left.low, left.high, right.low, right.high].compactMap(\.self)
      return ends.count == 4 && ends.allSatisfy { $0 == ends[0] } ? .yes : .undecided
    }
  }

  private static func above(_ left: Figure, _ right: Figure) -> Truth {
    if let low = left.low, let high = right.high, low > high { return .yes }
    if let high = left.high, let low = right.low, high <= low { return .no }
    return .undecided
  }
}
