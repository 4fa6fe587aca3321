/// Turns the syntax tree of a condition into an expression: resolves functions, checks types, computes
/// constants and collects the requirements.
struct TypeChecker {
  /// The text that is checked: that of the condition, or of a definition that it uses.
  private(set) var text: String

  /// The settings of the rule.
  let scope: ConditionScope

  /// The definitions that are checked now, each used by the one before it.
  private var path: [String]

  /// The definitions that are used, by their names.
  private(set) var definitions: [String: Definition] = [:]

  /// The number of times that a definition was used.
  private var uses = 0

  /// The absolute percentages with which relative moves are compared, in the order written.
  private(set) var moveThresholds: [Fraction] = []

  /// The absolute rates with which differences are compared, in the order written.
  private(set) var deltaThresholds: [Fraction] = []

  /// The other sources that are read, with their positions in the text.
  private(set) var mentions: [SourceMention] = []

  /// The instants at which comparisons with `age` change.
  private(set) var clockEdges = ClockEdges()

  /// Makes a checker for the condition with this text, of a rule with these settings.
  ///
  /// `name` is that of the definition if the text is one.
  init(text: String, scope: ConditionScope = ConditionScope(), within name: String? = nil) {
    self.text = text
    self.scope = scope
    path = name.map { [$0] } ?? []
  }

  /// Checks a whole condition, which must be a predicate and depend on the series.
  mutating func condition(
    _ syntax: Syntax
  ) throws(ConditionProblem) -> (
    predicate: Predicate, kind: Condition.Kind, requirements: Requirements
  ) {
    let expression = try expression(syntax)
    guard case .predicate(let predicate) = expression.meaning else {
      throw notACondition(syntax, expression, "expected a condition")
    }
    guard let kind = expression.requirements.kind else {
      throw problem(
        syntax.range, "the condition does not depend on the series; use rate or change")
    }
    return (predicate, kind, expression.requirements)
  }

  /// Checks any part of a condition.
  mutating func expression(_ syntax: Syntax) throws(ConditionProblem) -> Expression {
    switch syntax.node {
    case .number(let value): return Self.constant(Fraction(value), .number)
    case .percent(let value): return Self.constant(value, .percent)
    case .duration(let value): return Self.constant(Fraction(value.milliseconds), .duration)
    case .steps(let step, let count):
      return Expression(
        .leaf(StepCount(step: step, count: Fraction(count))), .rate, .nothing)
    case .publications, .since, .sinceStart, .sinceAlert, .before:
      throw problem(
        syntax.range,
        "unexpected window; write it as an argument, as in change(\(source(of: syntax)))")
    case .word: throw problem(syntax.range, "expected a number")
    case .call(let name, let arguments): return try call(name, arguments, syntax.mark)
    case .negated(let operand): return try negated(operand)
    case .not(let operand):
      let (inner, requirements) = try predicate(operand, of: "not")
      return Expression(.not(inner), requirements)
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, left, right, syntax)
    case .comparison(let comparison, let left, let right):
      return try self.comparison(comparison, left, right, syntax)
    case .logical(let operation, let left, let right):
      let (first, firstRequirements) = try predicate(left, of: operation.rawValue)
      let (second, secondRequirements) = try predicate(right, of: operation.rawValue)
      return Expression(
        .logical(operation, first, second), firstRequirements.joined(with: secondRequirements))
    }
  }

  private static func constant(_ value: Fraction, _ type: ValueType) -> Expression {
    Expression(.constant(RateRange(exactly: value)), type, .nothing)
  }

  private mutating func call(
    _ name: String, _ arguments: [Syntax], _ mark: Range<Int>
  ) throws(ConditionProblem) -> Expression {
    if let definition = scope.definitions[name] {
      return try expanded(definition, arguments, mark)
    }
    guard let function = FunctionCatalog.function(named: name) else {
      if arguments.isEmpty, let day = Weekday(rawValue: name) {
        return Self.constant(Fraction(Int64(day.number)), .number)
      }
      let names = FunctionCatalog.all.map { $0.name } + scope.definitions.names
      let nearest = NearestName.suggestion(for: name, among: names)
      throw problem(
        mark,
        "unknown function '\(Lexer.quoted(name))'"
          + (nearest.isEmpty ? "; expected one of \(names.joined(separator: ", "))" : nearest))
    }
    return try function.expression(
      of: FunctionCall(function: function, arguments: arguments, mark: mark), in: &self)
  }

  /// The most uses of definitions in one condition, those within other definitions included.
  private static let maximumUses = 64

  /// Checks a definition in the place where it is used; errors point to its own text.
  private mutating func expanded(
    _ definition: Definition, _ arguments: [Syntax], _ mark: Range<Int>
  ) throws(ConditionProblem) -> Expression {
    let name = definition.name
    if let first = arguments.first {
      throw problem(first.range, "\(name.quoted) is defined by 'let', and takes no arguments")
    }
    if path.contains(name) {
      throw problem(
        mark, "\(name.quoted) is defined by itself: \((path + [name]).joined(separator: " uses "))")
    }
    guard let syntax = definition.syntax else {
      throw problem(mark, "\(name.quoted) cannot be used, because its definition has an error")
    }
    uses += 1
    guard uses <= Self.maximumUses else {
      throw problem(
        mark, "a condition uses definitions at most \(Self.maximumUses) times, also within others")
    }
    definitions[name] = definition
    let outer = enter(definition)
    path.append(name)
    let expression = try expression(syntax)
    path.removeLast()
    text = outer
    return expression
  }

  /// Continues with the text of a definition; returns the text before, to which `leave` returns.
  mutating func enter(_ definition: Definition) -> String {
    defer { text = definition.text }
    return text
  }

  /// Returns to the text before a definition.
  mutating func leave(to outer: String) { text = outer }

  private mutating func negated(_ operand: Syntax) throws(ConditionProblem) -> Expression {
    let (numeric, type, requirements) = try self.numeric(operand)
    if case .constant(let value) = numeric {
      return Expression(.constant(value.negated), type, requirements)
    }
    return Expression(.negated(numeric), type, requirements)
  }

  private mutating func arithmetic(
    _ operation: Arithmetic, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) throws(ConditionProblem) -> Expression {
    let (first, firstType, firstRequirements) = try numeric(left)
    let (second, secondType, secondRequirements) = try numeric(right)
    let type =
      switch operation {
      case .plus, .minus: firstType.sum(with: secondType)
      case .times: firstType.product(with: secondType)
      case .dividedBy: firstType.quotient(by: secondType)
      }
    guard let type else {
      throw problem(
        syntax.mark,
        "cannot compute \(firstType.noun) \(operation.words) \(secondType.noun)")
    }
    let requirements = firstRequirements.joined(with: secondRequirements)
    guard case .constant(let one) = first, case .constant(let other) = second else {
      return Expression(.arithmetic(operation, first, second), type, requirements)
    }
    let isShare = operation == .times && type == .percent
    switch NumericExpression.value(operation, .known(one), .known(other)) {
    case .known(let value):
      return Expression(.constant(value), isShare ? .share : type, requirements)
    case .missing(.zeroDivisor): throw problem(syntax.mark, "division by zero")
    case .missing: throw problem(syntax.mark, "the result is too large to be computed")
    }
  }

  private mutating func comparison(
    _ comparison: Comparison, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) throws(ConditionProblem) -> Expression {
    let (first, firstType, firstRequirements) = try numeric(left)
    let (second, secondType, secondRequirements) = try numeric(right)
    guard firstType.isComparable(with: secondType) else {
      throw typeMismatch(
        (left, firstType, firstRequirements.kind == nil),
        (right, secondType, secondRequirements.kind == nil))
    }
    let requirements = firstRequirements.joined(with: secondRequirements)
    if requirements.usesClock { clockEdges.add(comparison, first, second) }
    recordThreshold(first, second)
    return Expression(.comparison(comparison, first, second), requirements)
  }

  /// Records the constant with which a move is compared, on either side.
  private mutating func recordThreshold(_ left: NumericExpression, _ right: NumericExpression) {
    switch (left, right) {
    case (let move, .constant(let threshold)), (.constant(let threshold), let move):
      switch move.moveKind {
      case .relative?: moveThresholds.append(threshold.printed.magnitude)
      case .absolute?: deltaThresholds.append(threshold.printed.magnitude)
      case nil: break
      }
    default: break
    }
  }

  /// Checks a part that must be numeric.
  mutating func numeric(
    _ syntax: Syntax
  ) throws(ConditionProblem) -> (
    numeric: NumericExpression, type: ValueType, requirements: Requirements
  ) {
    let expression = try expression(syntax)
    guard case .numeric(let numeric, let type) = expression.meaning else {
      throw problem(syntax.range, "expected a number, found a condition")
    }
    return (numeric, type, expression.requirements)
  }

  /// Checks an operand of `not`, `and` or `or`, which must be a predicate.
  private mutating func predicate(
    _ syntax: Syntax, of word: String
  ) throws(ConditionProblem) -> (Predicate, Requirements) {
    let expression = try expression(syntax)
    guard case .predicate(let predicate) = expression.meaning else {
      throw notACondition(syntax, expression, "'\(word)' expects a condition")
    }
    return (predicate, expression.requirements)
  }

  /// Records that another source is read.
  mutating func recordSource(_ source: SourceName, _ range: Range<Int>) {
    mentions.append(SourceMention(source: source, text: text, range: range))
  }

  /// Records a use of the clock without a comparison from which its edges could be computed.
  mutating func recordUntimedClockUse() { clockEdges.addUntimedUse() }

  // MARK: Errors

  /// Returns the problem of the first source that is read and is not among the known ones.
  func problem(ofSourcesAmong known: DefinedNames) -> ConditionProblem? {
    mentions.lazy.compactMap { $0.problem(among: known) }.first
  }

  /// Returns an error at a position of this condition.
  func problem(_ range: Range<Int>, _ message: String) -> ConditionProblem {
    ConditionProblem(text, range, message)
  }

  private func notACondition(
    _ syntax: Syntax, _ expression: Expression, _ expected: String
  ) -> ConditionProblem {
    guard case .numeric(_, let type) = expression.meaning else {
      return problem(syntax.range, expected)
    }
    let source = Lexer.quoted(source(of: syntax))
    let remedy =
      expression.requirements.kind == nil
      ? "compare it with something, as in rate > 0.0115"
      : "compare it, as in \(source) > \(type.example)"
    return problem(syntax.range, "\(expected), found \(type.noun); \(remedy)")
  }

  /// Returns the error for two operands that cannot be compared, at the plain number if there is one,
  /// otherwise at the second operand.
  private func typeMismatch(
    _ left: (syntax: Syntax, type: ValueType, isConstant: Bool),
    _ right: (syntax: Syntax, type: ValueType, isConstant: Bool)
  ) -> ConditionProblem {
    var (wrong, other) = left.type == .number ? (left, right) : (right, left)
    // A number that is computed cannot become a percentage: the constant is wrong.
    if wrong.type == .number, !wrong.isConstant, other.type == .percent, other.isConstant {
      swap(&wrong, &other)
    }
    var message = "cannot compare \(left.type.noun) with \(right.type.noun)"
    let source = source(of: wrong.syntax)
    let isLiteral = ExactDecimal(source) != nil
    switch (wrong.type, other.type) {
    case (.number, .percent) where wrong.isConstant:
      message += isLiteral ? "; write \(source)%" : "; write percentages like 1%"
    case (.number, .duration) where wrong.isConstant:
      message +=
        isLiteral && DurationText.parse(source + "s") != nil
        ? "; write \(source)s, \(source)m, \(source)h or \(source)d"
        : "; write durations like 90s, 15m, 24h or 7d"
    case (.percent, .number) where source.hasSuffix("%"):
      let number = Self.number(source.dropLast(), isCount: other.syntax.isCall)
      message += "; write \(number)"
      if !other.syntax.isCall { message += ", or for a relative move use change or change(24h)" }
    case (.number, .percent), (.rate, .percent), (.percent, .rate):
      message += "; for a relative move use change or change(24h)"
    case (.rate, .duration), (.duration, .rate):
      message += "; for an earlier rate use at(24h)"
    default: break
    }
    return problem(wrong.syntax.range, message)
  }

  /// Returns the number to write for a percentage: as it is where a count or a score is compared, and as
  /// a fraction for a ratio, such as `0.1` for `10%`.
  private static func number(_ digits: Substring, isCount: Bool) -> String {
    let isNegative = digits.hasPrefix("-")
    guard !isCount,
      let fraction = ExactDecimal(isNegative ? digits.dropFirst() : digits)?.shifted(right: 2)
    else { return String(digits) }
    return (isNegative ? "-" : "") + Fraction(fraction).plainText
  }

  private func source(of syntax: Syntax) -> String {
    String(decoding: Array(text.utf8)[syntax.range], as: UTF8.self)
  }
}

extension NumericExpression {
  /// The kind of a move, or of its absolute or opposite value; nil for any other expression.
  fileprivate var moveKind: MoveKind? {
    switch self {
    case .leaf(let leaf): leaf.moveKind
    case .magnitude(let operand), .negated(let operand): operand.moveKind
    case .age, .arithmetic, .constant, .printed, .rate: nil
    }
  }
}

extension Syntax {
  /// True for a function, such as `missed`.
  fileprivate var isCall: Bool {
    guard case .call(let name, _) = node else { return false }
    return FunctionCatalog.function(named: name) != nil
  }
}
