/// The check for conditions whose result does not depend on the rates, such as `rate > 2 and rate < 1`.
package enum ConstantConditions {
  /// The constant result of a condition.
  package enum Result: Hashable, Sendable {
    /// It can never hold: `rate > 2 and rate < 1`.
    case never
    /// It always holds: `rate > 1 or rate < 2`.
    case always
  }

  /// The largest number of combinations of values that are tried; larger conditions are not checked.
  private static let maximumCombinations = 4096

  /// Returns the result of a condition if it is the same for all rates; nil otherwise.
  ///
  /// Tries every expression that is compared with constants below, at, between and above all of them,
  /// and every other comparison and event as true and false. Expressions that are never negative
  /// (`ConditionFunction.isNeverNegative`) are not tried below zero. Exponential in the number of
  /// expressions, and limited.
  package static func result(
    of condition: Condition, certainty: Certainty = .certain
  ) -> Result? {
    finding(of: condition, certainty: certainty)?.result
  }

  /// Returns the same result with the reasons that are not obvious, each with the comparison.
  package static func finding(
    of condition: Condition, certainty: Certainty
  ) -> (result: Result, reasons: [String])? {
    // Rates are above and below any positive level; most conditions of large configs are such.
    if let threshold = condition.threshold, threshold.level > .zero { return nil }
    guard let syntax = try? Parser.syntax(of: condition.text) else { return nil }
    var outline = ConditionOutline(of: condition, certainty: certainty)
    let shape = outline.shape(of: syntax)
    let choices = outline.variables.map(\.choices)
    let combinations = choices.reduce(1) { product, choice in
      product > maximumCombinations ? product : product * choice.count
    }
    guard combinations <= maximumCombinations else { return nil }
    var isEver = false
    var isAlways = true
    for combination in 0..<combinations {
      var rest = combination
      let values = choices.map { choice in
        defer { rest /= choice.count }
        return choice[rest % choice.count]
      }
      if shape.holds(values) { isEver = true } else { isAlways = false }
      if isEver, !isAlways { return nil }
    }
    return (isEver ? .always : .never, outline.reasons)
  }
}
