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
  private var checker: TypeChecker
  private(set) var variables: [Variable] = []

  init(text: String) {
    self.text = Array(text.utf8)
    checker = TypeChecker(text: text)
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
      case (nil, let level?):
        let index = variable(left)
        variables[index].levels.append(level)
        return .comparison(index, comparison, level)
      case (let level?, nil):
        let index = variable(right)
        variables[index].levels.append(level)
        return .comparison(index, comparison.mirrored, level)
      case (nil, nil): return .free(variable(syntax))
      }
    default: return .free(variable(syntax))
    }
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
    let text = String(decoding: self.text[syntax.range].filter { $0 > 0x20 }, as: UTF8.self)
    if let known = variables.firstIndex(where: { $0.text == text }) { return known }
    variables.append(Variable(text: text, isNeverNegative: Self.isNeverNegative(syntax)))
    return variables.count - 1
  }

  private static func isNeverNegative(_ syntax: Syntax) -> Bool {
    guard case .call(let name, _) = syntax.node else { return false }
    return FunctionCatalog.function(named: name)?.isNeverNegative ?? false
  }
}
