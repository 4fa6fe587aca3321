extension ConditionLint {
  /// That a condition says the same whatever is printed.
  package enum Futility: Hashable, Sendable {
    /// It can never hold: `rate > 2 and rate < 1`.
    case never
    /// It always holds: `rate > 1 or rate < 2`.
    case always
  }

  /// The most combinations of figures that are tried; a condition with more is taken as it is.
  private static let mostCombinations = 4096

  /// Whether a condition says the same whatever is printed; nil where figures decide.
  ///
  /// Every figure that is compared with constants is tried below, at, between and above all of them,
  /// whatever else stands in the condition being true and false; rates, durations, counts and
  /// magnitudes are never negative. Exponential in the figures, and bounded.
  package static func futility(of condition: Condition) -> Futility? {
    guard let syntax = try? Parser.syntax(of: condition.text) else { return nil }
    var outline = Outline(text: condition.text)
    let shape = outline.shape(of: syntax)
    let choices = outline.variables.map(\.choices)
    let combinations = choices.reduce(1) { product, choice in
      product > mostCombinations ? product : product * choice.count
    }
    guard combinations <= mostCombinations else { return nil }
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
    return isEver ? .always : .never
  }
}

/// A condition as far as its constants say something about it.
private struct Outline {
  /// What a condition is made of, each distinct figure or event being one variable.
  indirect enum Shape {
    case constant(Bool)
    /// An event, or a comparison without a constant: above one half stands for true.
    case free(Int)
    case comparison(Int, Comparison, Fraction)
    case not(Shape)
    case junction(LogicalOperator, Shape, Shape)

    func holds(_ values: [Fraction]) -> Bool {
      switch self {
      case .constant(let isTrue): isTrue
      case .free(let index): !values[index].isZero
      case .comparison(let index, let comparison, let level):
        comparison.truth(RateRange(exactly: values[index]), RateRange(exactly: level)) == .yes
      case .not(let operand): !operand.holds(values)
      case .junction(.and, let left, let right): left.holds(values) && right.holds(values)
      case .junction(.or, let left, let right): left.holds(values) || right.holds(values)
      }
    }
  }

  /// One figure or event, by the words it is written in.
  struct Variable {
    let words: String
    let isNeverNegative: Bool
    var levels: [Fraction] = []

    /// Values that stand for all.
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

  mutating func shape(of syntax: Syntax) -> Shape {
    switch syntax.node {
    case .not(let operand): return .not(shape(of: operand))
    case .junction(let junction, let left, let right):
      return .junction(junction, shape(of: left), shape(of: right))
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

  /// The value of a part that asks nothing of the series.
  private mutating func constant(_ syntax: Syntax) -> Fraction? {
    guard let expression = try? checker.expression(syntax),
      case .quantity(.constant(let value), _) = expression.meaning
    else { return nil }
    return value.printed
  }

  private mutating func variable(_ syntax: Syntax) -> Int {
    let words = String(decoding: text[syntax.range].filter { $0 > 0x20 }, as: UTF8.self)
    if let known = variables.firstIndex(where: { $0.words == words }) { return known }
    variables.append(Variable(words: words, isNeverNegative: Self.isNeverNegative(syntax)))
    return variables.count - 1
  }

  private static func isNeverNegative(_ syntax: Syntax) -> Bool {
    guard case .call(let name, _) = syntax.node else { return false }
    return [
      "abs", "age", "at", "avg", "cross", "max", "min", "missed", "rate", "stddev",
    ].contains(name)
  }
}
