/// Comparisons whose result arithmetic decides, whatever the rates are.
struct ComparisonSense {
  /// The result of a comparison, and the reason for it as a clause.
  struct Finding {
    let holds: Bool
    let reason: String
  }

  private let text: [UInt8]
  private let definitions: Definitions

  /// True if a computed value, which is a range, can be equal to another one.
  private let rangesCanBeEqual: Bool

  /// Reads comparisons of a condition.
  init(_ condition: Condition, certainty: Certainty) {
    text = Array(condition.text.utf8)
    definitions = condition.scope.definitions
    rangesCanBeEqual = certainty != .certain
  }

  /// Returns the finding about a comparison of two parts that are not constant; nil if rates decide.
  func finding(_ comparison: Comparison, _ left: Syntax, _ right: Syntax) -> Finding? {
    if comparison == .equal { return isFact(left) && isFact(right) ? nil : equality }
    let (one, other) = (name(of: left), name(of: right))
    let isSame = one == other
    let isAtMost = isSame || isAtMost(left, right)
    let isAtLeast = isSame || self.isAtMost(right, left)
    switch comparison {
    case .above where isAtMost, .below where isAtLeast:
      return Finding(holds: false, reason: contained(left, right))
    case .atLeast where isAtLeast && !isSame, .atMost where isAtMost && !isSame:
      return Finding(holds: true, reason: contained(left, right))
    default: return nil
    }
  }

  /// Returns the finding about a comparison with a constant on the right; nil if rates decide.
  func finding(_ comparison: Comparison, _ left: Syntax, _ level: Fraction) -> Finding? {
    let left = resolved(left)
    switch left.node {
    case .call("hour", _):
      return bounded(comparison, level, 0...23, "an hour is between 0 and 23")
    case .call("weekday", _):
      return bounded(comparison, level, 1...7, "a weekday is between 1 (Monday) and 7 (Sunday)")
    default: break
    }
    if comparison == .equal { return isFact(left) ? nil : equality }
    if case .call(let name, let arguments) = left.node {
      if ["change", "spread"].contains(name), level <= -.one {
        return Finding(
          holds: comparison == .above || comparison == .atLeast,
          reason: "no rate falls by 100 % or more")
      }
      if let count = deviations(name, arguments) {
        return score(comparison, level, of: count, isMagnitude: name == "abs")
      }
    }
    return nil
  }

  /// Returns the finding about the comparison of a whole number that has bounds; nil within them.
  private func bounded(
    _ comparison: Comparison, _ level: Fraction, _ bounds: ClosedRange<Int64>, _ reason: String
  ) -> Finding? {
    let (low, high) = (Fraction(bounds.lowerBound), Fraction(bounds.upperBound))
    let holds: Bool? =
      switch comparison {
      case .above: level >= high ? false : level < low ? true : nil
      case .atLeast: level > high ? false : level <= low ? true : nil
      case .below: level <= low ? false : level > high ? true : nil
      case .atMost: level < low ? false : level >= high ? true : nil
      case .equal: level < low || level > high ? false : nil
      }
    return holds.map { Finding(holds: $0, reason: reason) }
  }

  /// The finding about a comparison with `==` of what is computed.
  private var equality: Finding? {
    rangesCanBeEqual
      ? nil
      : Finding(
        holds: false,
        reason:
          "a computed value is a range, which is never certainly equal to a number; compare with"
          + " two bounds, or use certainty: printed")
  }

  /// True for a printed rate, a duration or a count.
  private func isFact(_ syntax: Syntax) -> Bool {
    switch resolved(syntax).node {
    case .call("abs", let arguments): arguments.first.map { isFact($0) } ?? false
    case .call("rate", let arguments): arguments.isEmpty
    case .call(let name, let arguments) where arguments.count > 1:
      ["max", "min"].contains(name) && isFact(arguments[0])
    case .call(let name, _):
      ["age", "at", "hour", "max", "min", "missed", "weekday"].contains(name)
    case .negated(let operand): isFact(operand)
    case .number, .percent, .duration, .steps: true
    default: false
    }
  }

  /// Returns the expression that a name of `let` stands for, whose ranges are those of another text; any
  /// other expression as it is.
  private func resolved(_ syntax: Syntax) -> Syntax {
    guard case .call(let name, _) = syntax.node, let named = definitions[name]?.syntax else {
      return syntax
    }
    // Without end only in a cycle, which is refused when a condition is read.
    return resolved(named)
  }

  // MARK: Windows that contain the rate

  /// True if a rate, or a value of a window, is never above another one.
  private func isAtMost(_ left: Syntax, _ right: Syntax) -> Bool {
    guard case .call(let low, let lowWindow) = left.node,
      case .call(let high, let highWindow) = right.node
    else { return false }
    let areWords = (lowWindow + highWindow).contains {
      if case .word = $0.node { true } else { false }
    }
    if areWords || max(lowWindow.count, highWindow.count) > 1 { return false }
    switch (low, high) {
    case ("min", "rate"), ("rate", "max"), ("min", "max"):
      return !(lowWindow + highWindow).contains(where: \.isBefore)
    case ("min", "avg"), ("avg", "max"):
      return lowWindow.map { name(of: $0) } == highWindow.map { name(of: $0) }
    default: return false
    }
  }

  private func contained(_ left: Syntax, _ right: Syntax) -> String {
    guard case .call(let one, let oneWindow) = left.node,
      case .call(let other, let otherWindow) = right.node
    else { return "both sides are the same" }
    switch (one, other, (oneWindow + otherWindow).first.map { name(of: $0) }) {
    case ("rate", "max", let window?), ("max", "rate", let window?):
      return "the window contains the current rate; write new_high(\(window))"
    case ("rate", "min", let window?), ("min", "rate", let window?):
      return "the window contains the current rate; write new_low(\(window))"
    default:
      return one == other
        ? "both sides are the same"
        : "no rate of a window is below its minimum or above its maximum"
    }
  }

  // MARK: Scores

  /// Returns the number of publications of a score's window; nil for any other expression.
  private func deviations(_ name: String, _ arguments: [Syntax]) -> Int? {
    guard let argument = arguments.first else { return nil }
    switch (name, argument.node) {
    case ("zscore", .publications(let count)): return count
    case ("abs", .call("zscore", let inner)): return deviations("zscore", inner)
    default: return nil
    }
  }

  /// Of n rates none is more than √(n - 1) deviations from their average.
  private func score(
    _ comparison: Comparison, _ level: Fraction, of count: Int, isMagnitude: Bool
  ) -> Finding? {
    guard let square = level.multiplied(by: level, rounding: .down) else { return nil }
    let bound = Fraction(Int64(count) - 1)
    let isBeyond =
      switch comparison {
      case .above: !level.isNegative && square >= bound
      case .atLeast: !level.isNegative && square > bound
      case .below: level.isNegative && !isMagnitude && square >= bound
      case .atMost: level.isNegative && !isMagnitude && square > bound
      case .equal: false
      }
    return isBeyond
      ? Finding(
        holds: false,
        reason:
          "of \(count) rates none is more than the square root of \(count - 1) deviations from"
          + " their average; use a longer window")
      : nil
  }

  // MARK: Events

  /// Returns the finding about an event; nil if rates decide.
  func finding(_ name: String, _ arguments: [Syntax]) -> Finding? {
    guard name.hasPrefix("crosses"), arguments.count == 1, let level = arguments.first,
      case .call("rate", let source) = level.node, source.isEmpty
    else { return nil }
    return Finding(holds: false, reason: "the rate is compared with itself")
  }

  /// Returns the part of the text as it identifies an expression.
  private func name(of syntax: Syntax) -> String {
    String(decoding: text[syntax.range].filter { $0 > 0x20 }, as: UTF8.self)
      .replacing("publication", with: " publication").replacing("since", with: "since ")
  }
}

extension Syntax {
  /// True for a window without the current rate.
  fileprivate var isBefore: Bool { if case .before = node { true } else { false } }
}
