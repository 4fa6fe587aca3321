/// Gives the tree of a condition its meaning: resolves functions, refuses to compare unlike things,
/// computes constants, and notes what the whole needs.
struct TypeChecker {
  private let text: String

  /// The percent figures that moves are compared with, in the order written.
  private(set) var moveThresholds: [Fraction] = []

  /// The rates that absolute moves are compared with, without their sign.
  private(set) var deltaThresholds: [Fraction] = []

  /// The other sources that are read, and where they are named.
  private(set) var mentions: [(source: SourceName, range: Range<Int>)] = []

  /// When comparisons with `age` change.
  private(set) var clockEdges = ClockEdges()

  /// What a whole condition means.
  init(text: String) { self.text = text }

  /// The whole condition, which must be true or false and ask something of the series.
  mutating func condition(
    _ syntax: Syntax
  ) throws(ConditionProblem) -> (proposition: Predicate, kind: Condition.Kind, needs: Requirements)
  {
    let expression = try expression(syntax)
    guard case .proposition(let proposition) = expression.meaning else {
      throw notACondition(syntax, expression, "a condition is true or false")
    }
    guard let kind = expression.needs.kind else {
      throw problem(syntax.range, "this asks nothing of the series; use rate or change")
    }
    return (proposition, kind, expression.needs)
  }

  /// Any part of a condition.
  mutating func expression(_ syntax: Syntax) throws(ConditionProblem) -> Expression {
    switch syntax.node {
    case .number(let value): return Self.constant(Fraction(value), .number)
    case .percent(let value): return Self.constant(value, .percent)
    case .duration(let value): return Self.constant(Fraction(value.milliseconds), .duration)
    case .publications, .since:
      throw problem(
        syntax.range, "a window stands after a function, as in change(\(source(of: syntax)))")
    case .word: throw problem(syntax.range, "a figure is wanted here")
    case .call(let name, let arguments): return try call(name, arguments, syntax.mark)
    case .negated(let operand): return try negated(operand)
    case .not(let operand):
      let (inner, needs) = try proposition(operand, of: "not")
      return Expression(.not(inner), needs)
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, left, right, syntax)
    case .comparison(let comparison, let left, let right):
      return try self.comparison(comparison, left, right, syntax)
    case .junction(let junction, let left, let right):
      let (first, firstNeeds) = try proposition(left, of: junction.rawValue)
      let (second, secondNeeds) = try proposition(right, of: junction.rawValue)
      return Expression(.junction(junction, first, second), firstNeeds.joined(with: secondNeeds))
    }
  }

  private static func constant(_ value: Fraction, _ type: ValueType) -> Expression {
    Expression(.constant(RateRange(exactly: value)), type, .nothing)
  }

  private mutating func call(
    _ name: String, _ arguments: [Syntax], _ mark: Range<Int>
  ) throws(ConditionProblem) -> Expression {
    guard let function = FunctionCatalog.function(named: name) else {
      let names = FunctionCatalog.all.map { $0.name }
      let nearest = NearestName.suggestion(for: name, among: names)
      throw problem(
        mark,
        "there is no function '\(Lexer.quoted(name))'"
          + (nearest.isEmpty ? "; there are \(names.joined(separator: ", "))" : nearest))
    }
    return try function.meaning(
      of: FunctionCall(name: name, takes: function.takes, arguments: arguments, mark: mark),
      in: &self)
  }

  private mutating func negated(_ operand: Syntax) throws(ConditionProblem) -> Expression {
    let (quantity, type, needs) = try self.quantity(operand)
    if case .constant(let value) = quantity {
      return Expression(.constant(value.negated), type, needs)
    }
    return Expression(.negated(quantity), type, needs)
  }

  private mutating func arithmetic(
    _ operation: Arithmetic, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) throws(ConditionProblem) -> Expression {
    let (first, firstType, firstNeeds) = try quantity(left)
    let (second, secondType, secondNeeds) = try quantity(right)
    let type =
      switch operation {
      case .plus, .minus: firstType.sum(with: secondType)
      case .times: firstType.product(with: secondType)
      case .dividedBy: firstType.quotient(by: secondType)
      }
    guard let type else {
      throw problem(
        syntax.mark,
        "\(firstType.noun) \(operation.words) \(secondType.noun) has no meaning")
    }
    let needs = firstNeeds.joined(with: secondNeeds)
    guard case .constant(let one) = first, case .constant(let other) = second else {
      return Expression(.arithmetic(operation, first, second), type, needs)
    }
    switch NumericExpression.value(operation, .known(one), .known(other)) {
    case .known(let value): return Expression(.constant(value), type, needs)
    case .missing(.zeroDivisor): throw problem(syntax.mark, "this divides by zero")
    case .missing: throw problem(syntax.mark, "this is too large to be computed")
    }
  }

  private mutating func comparison(
    _ comparison: Comparison, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) throws(ConditionProblem) -> Expression {
    let (first, firstType, firstNeeds) = try quantity(left)
    let (second, secondType, secondNeeds) = try quantity(right)
    guard firstType.isComparable(with: secondType) else {
      throw unlike(
        (left, firstType, firstNeeds.kind == nil), (right, secondType, secondNeeds.kind == nil))
    }
    let needs = firstNeeds.joined(with: secondNeeds)
    if needs.usesClock { clockEdges.note(comparison, first, second) }
    if firstType == .percent, needs.reference != nil {
      if first.isBareLeaf, case .constant(let threshold) = second {
        moveThresholds.append(threshold.printed.magnitude)
      } else if second.isBareLeaf, case .constant(let threshold) = first {
        moveThresholds.append(threshold.printed.magnitude)
      }
    }
    if left.isDelta, case .constant(let threshold) = second {
      deltaThresholds.append(threshold.printed.magnitude)
    } else if right.isDelta, case .constant(let threshold) = first {
      deltaThresholds.append(threshold.printed.magnitude)
    }
    return Expression(.comparison(comparison, first, second), needs)
  }

  /// A part that must come to a figure.
  mutating func quantity(
    _ syntax: Syntax
  ) throws(ConditionProblem) -> (quantity: NumericExpression, type: ValueType, needs: Requirements)
  {
    let expression = try expression(syntax)
    guard case .quantity(let quantity, let type) = expression.meaning else {
      throw problem(syntax.range, "this is true or false; a figure is wanted here")
    }
    return (quantity, type, expression.needs)
  }

  /// A part that must come to a truth.
  private mutating func proposition(
    _ syntax: Syntax, of word: String
  ) throws(ConditionProblem) -> (Predicate, Requirements) {
    let expression = try expression(syntax)
    guard case .proposition(let proposition) = expression.meaning else {
      throw notACondition(syntax, expression, "'\(word)' takes conditions")
    }
    return (proposition, expression.needs)
  }

  /// Notes that another source is read.
  mutating func noteSource(_ source: SourceName, _ range: Range<Int>) {
    mentions.append((source, range))
  }

  /// Notes that the clock is used where no comparison says when that matters.
  mutating func noteOpenClockUse() { clockEdges.noteOpenUse() }

  // MARK: Problems

  /// A problem at a place of this condition.
  func problem(_ range: Range<Int>, _ message: String) -> ConditionProblem {
    ConditionProblem(text, range, message)
  }

  private func notACondition(
    _ syntax: Syntax, _ expression: Expression, _ wanted: String
  ) -> ConditionProblem {
    guard case .quantity(_, let type) = expression.meaning else {
      return problem(syntax.range, wanted)
    }
    let source = Lexer.quoted(source(of: syntax))
    let proposal =
      expression.needs.kind == nil
      ? "compare it with something, as in rate > 0.0115"
      : "compare it, as in \(source) > \(type.example)"
    return problem(syntax.range, "\(wanted), this is \(type.noun); \(proposal)")
  }

  /// Two operands of a comparison that are unlike; the caret stands at a plain number where there
  /// is one, else at the second.
  private func unlike(
    _ left: (syntax: Syntax, type: ValueType, isConstant: Bool),
    _ right: (syntax: Syntax, type: ValueType, isConstant: Bool)
  ) -> ConditionProblem {
    var (figure, other) = left.type == .number ? (left, right) : (right, left)
    // What counts or weighs is never a percent: the percent is what is wrong.
    if case .call = figure.syntax.node, figure.type == .number, other.type == .percent,
      other.isConstant
    {
      swap(&figure, &other)
    }
    var message = "\(left.type.noun) is compared with \(right.type.noun)"
    let source = source(of: figure.syntax)
    let isLiteral = ExactDecimal(source) != nil
    switch (figure.type, other.type) {
    case (.number, .percent) where figure.isConstant:
      message += isLiteral ? "; write \(source)%" : "; a percent is written like 1%"
    case (.number, .duration) where figure.isConstant:
      message +=
        isLiteral && DurationText.parse(source + "s") != nil
        ? "; write \(source)s, \(source)m, \(source)h or \(source)d"
        : "; a duration is written like 90s, 15m, 24h or 7d"
    case (.percent, .number) where source.hasSuffix("%"): message += "; write \(source.dropLast())"
    case (.number, .percent), (.rate, .percent), (.percent, .rate):
      message += "; a move in percent is change or change(24h)"
    case (.rate, .duration), (.duration, .rate):
      message += "; the rate in force before is at(24h)"
    default: break
    }
    return problem(figure.syntax.range, message)
  }

  private func source(of syntax: Syntax) -> String {
    String(decoding: Array(text.utf8)[syntax.range], as: UTF8.self)
  }
}

extension Syntax {
  /// Whether it is an absolute move, or the magnitude or opposite of one.
  fileprivate var isDelta: Bool {
    switch node {
    case .call("delta", _): true
    case .call("abs", let arguments): arguments.first?.isDelta ?? false
    case .negated(let operand): operand.isDelta
    default: false
    }
  }
}

extension NumericExpression {
  /// Whether it is what one function gives, or the magnitude or opposite of that.
  fileprivate var isBareLeaf: Bool {
    switch self {
    case .leaf, .printed: true
    case .magnitude(let operand), .negated(let operand): operand.isBareLeaf
    case .age, .arithmetic, .constant, .rate: false
    }
  }
}
