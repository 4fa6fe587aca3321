/// The logical structure of a condition, with variables in the place of all that is not constant.
struct ConditionOutline {
  /// A node of the structure; each distinct expression or event is one variable, given by its index.
  indirect enum Shape {
    case constant(Bool)
    /// An event, or a comparison without a constant; any value but zero is true.
    case free(Int)
    case comparison(Int, Comparison, Fraction)
    case not(Shape)
    case logical(LogicalOperator, Shape, Shape)

    /// Returns the truth for values of all variables.
    func holds(_ values: [Fraction]) -> Bool {
      switch self {
      case .constant(let isTrue): isTrue
      case .free(let index): !values[index].isZero
      case .comparison(let index, let comparison, let level):
        comparison.truth(RateRange(exactly: values[index]), RateRange(exactly: level)) == .yes
      case .not(let operand): !operand.holds(values)
      case .logical(.and, let left, let right): left.holds(values) && right.holds(values)
      case .logical(.or, let left, let right): left.holds(values) || right.holds(values)
      }
    }
  }

  /// One expression or event, identified by its text without spaces.
  struct Variable {
    let text: String
    let isNeverNegative: Bool
    var levels: [Fraction] = []

    /// Values of which one lies in each interval between the constants.
    var choices: [Fraction] {
      guard !levels.isEmpty else { return [.zero, .one] }
      let sorted = Set(levels).sorted()
      var choices = sorted
      for (low, high) in zip(sorted, sorted.dropFirst()) {
        if let sum = low.adding(high, rounding: .toNearest) { choices.append(sum / Fraction(2)) }
      }
      let ends = [
        sorted.first?.subtracting(.one, rounding: .down),
        sorted.last?.adding(.one, rounding: .up),
      ]
      choices += ends.compactMap(\.self)
      guard isNeverNegative else { return choices }
      choices.append(.zero)
      if let least = sorted.first(where: { $0 > .zero }) { choices.append(least / Fraction(2)) }
      return choices.filter { !$0.isNegative }
    }
  }

  private let text: [UInt8]
  private let sense: ComparisonSense
  private var checker: TypeChecker
  private(set) var variables: [Variable] = []

  /// The reasons why comparisons have a constant result, each with the comparison.
  private(set) var reasons: [String] = []

  init(of condition: Condition, certainty: Certainty = .certain) {
    text = Array(condition.text.utf8)
    sense = ComparisonSense(condition, certainty: certainty)
    checker = TypeChecker(text: condition.text, scope: condition.scope)
  }

  /// Returns the structure of a part of the condition and records its variables.
  mutating func shape(of syntax: Syntax) -> Shape {
    switch syntax.node {
    case .not(let operand): return .not(shape(of: operand))
    case .logical(let operation, let left, let right):
      return .logical(operation, shape(of: left), shape(of: right))
    case .comparison(let comparison, let left, let right):
      switch (constant(left), constant(right)) {
      case (let one?, let other?):
        return .constant(
          comparison.truth(RateRange(exactly: one), RateRange(exactly: other)) == .yes)
      case (nil, let level?): return shape(comparison, left, level, in: syntax)
      case (let level?, nil): return shape(comparison.mirrored, right, level, in: syntax)
      case (nil, nil):
        return shape(of: sense.finding(comparison, left, right), syntax)
          ?? .free(variable(syntax))
      }
    case .call(let name, let arguments):
      return shape(of: sense.finding(name, arguments), syntax)
        ?? crossing(name, arguments) ?? .free(variable(syntax))
    default: return .free(variable(syntax))
    }
  }

  /// Returns the structure of a comparison with a constant.
  private mutating func shape(
    _ comparison: Comparison, _ left: Syntax, _ level: Fraction, in syntax: Syntax
  ) -> Shape {
    if let known = shape(of: sense.finding(comparison, left, level), syntax) { return known }
    let index = variable(left)
    variables[index].levels.append(level)
    return .comparison(index, comparison, level)
  }

  /// Returns the constant of a finding, and records its reason; nil without one.
  private mutating func shape(of finding: ComparisonSense.Finding?, _ syntax: Syntax) -> Shape? {
    guard let finding else { return nil }
    let source = String(decoding: text[syntax.range], as: UTF8.self)
    reasons.append("\(source): \(finding.reason)")
    return .constant(finding.holds)
  }

  /// Returns the structure of the crossing of a constant: the side to which the rate crosses it is one
  /// variable, and the rate is on that side; nil for any other event.
  private mutating func crossing(_ name: String, _ arguments: [Syntax]) -> Shape? {
    guard arguments.count == 1, let level = constant(arguments[0]) else { return nil }
    let comparison: Comparison
    switch name {
    case "crosses_above": comparison = .above
    case "crosses_below": comparison = .below
    default: return nil
    }
    let side = variable("crosses \(level.plainText)", isNeverNegative: false)
    let rate = variable("rate", isNeverNegative: true)
    variables[side].levels.append(.zero)
    variables[rate].levels.append(level)
    return .logical(
      .and, .comparison(side, comparison, .zero), .comparison(rate, comparison, level))
  }

  /// Returns the value of a constant part; nil for any other.
  private mutating func constant(_ syntax: Syntax) -> Fraction? {
    guard let expression = try? checker.expression(syntax),
      case .numeric(.constant(let value), _) = expression.meaning
    else { return nil }
    return value.printed
  }

  /// Returns the index of the variable for a part of the condition; equal texts share one.
  private mutating func variable(_ syntax: Syntax) -> Int {
    variable(
      String(decoding: text[syntax.range].filter { $0 > 0x20 }, as: UTF8.self),
      isNeverNegative: Self.isNeverNegative(syntax))
  }

  private mutating func variable(_ text: String, isNeverNegative: Bool) -> Int {
    if let known = variables.firstIndex(where: { $0.text == text }) { return known }
    variables.append(Variable(text: text, isNeverNegative: isNeverNegative))
    return variables.count - 1
  }

  private static func isNeverNegative(_ syntax: Syntax) -> Bool {
    guard case .call(let name, let arguments) = syntax.node else { return false }
    // The average, lowest or highest of values such as moves.
    if arguments.count > 1, name != StddevFunction.name { return false }
    return FunctionCatalog.function(named: name)?.isNeverNegative ?? false
  }
}
