/// Reads the words of a condition into a tree.
///
/// From weak to strong: `or`, `and`, `not`, comparison (which does not chain), `+ -`, `* /`, unary
/// minus. Linear in the words; recursion is bounded by `maximumNesting`.
struct Parser {
  /// Functions, figures and operators of one condition: evaluating it stays a matter of
  /// microseconds.
  static let maximumNodes = 256

  /// Parentheses, `not` and signs inside one another: the recursion must not exhaust a stack.
  static let maximumNesting = 64

  private let text: String
  private let tokens: [Token]
  private var position = 0
  private var nodes = 0
  private var nesting = 0

  /// The tree of a whole condition.
  static func syntax(of text: String) throws(ConditionProblem) -> Syntax {
    var parser = Parser(text: text, tokens: try Lexer.tokens(of: text))
    if parser.current.kind == .end {
      throw parser.problem("the condition is empty; write one such as abs(change) > 1%")
    }
    let syntax = try parser.disjunction()
    if parser.current.kind != .end { throw parser.unexpected() }
    return syntax
  }

  private init(text: String, tokens: [Token]) {
    self.text = text
    self.tokens = tokens
  }

  // MARK: Rules of the grammar, weakest first

  private mutating func disjunction() throws(ConditionProblem) -> Syntax {
    var left = try conjunction()
    while let mark = take(word: "or") {
      left = try joined(.or, left, try conjunction(), mark)
    }
    return left
  }

  private mutating func conjunction() throws(ConditionProblem) -> Syntax {
    var left = try negation()
    while let mark = take(word: "and") {
      left = try joined(.and, left, try negation(), mark)
    }
    return left
  }

  private mutating func joined(
    _ junction: LogicalOperator, _ left: Syntax, _ right: Syntax, _ mark: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    try counted(
      .junction(junction, left, right), left.range.lowerBound..<right.range.upperBound, mark: mark)
  }

  private mutating func negation() throws(ConditionProblem) -> Syntax {
    guard let mark = take(word: "not") else { return try comparison() }
    try descend(at: mark)
    let operand = try negation()
    nesting -= 1
    return try counted(.not(operand), mark.lowerBound..<operand.range.upperBound, mark: mark)
  }

  private mutating func comparison() throws(ConditionProblem) -> Syntax {
    let left = try sum()
    guard let (comparison, mark) = takeComparison() else { return left }
    let right = try sum()
    if takeComparison() != nil {
      position -= 1
      throw problem("comparisons do not chain; join two of them with and")
    }
    return try counted(
      .comparison(comparison, left, right), left.range.lowerBound..<right.range.upperBound,
      mark: mark)
  }

  private mutating func sum() throws(ConditionProblem) -> Syntax {
    var left = try product()
    while let (operation, mark) = take(arithmetic: [.plus, .minus]) {
      left = try computed(operation, left, try product(), mark)
    }
    return left
  }

  private mutating func product() throws(ConditionProblem) -> Syntax {
    var left = try signed()
    while let (operation, mark) = take(arithmetic: [.times, .dividedBy]) {
      left = try computed(operation, left, try signed(), mark)
    }
    return left
  }

  private mutating func computed(
    _ operation: Arithmetic, _ left: Syntax, _ right: Syntax, _ mark: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    try counted(
      .arithmetic(operation, left, right), left.range.lowerBound..<right.range.upperBound,
      mark: mark)
  }

  private mutating func signed() throws(ConditionProblem) -> Syntax {
    guard let (_, mark) = take(arithmetic: [.minus]) else { return try primary() }
    try descend(at: mark)
    let operand = try signed()
    nesting -= 1
    return try counted(.negated(operand), mark.lowerBound..<operand.range.upperBound, mark: mark)
  }

  private mutating func primary() throws(ConditionProblem) -> Syntax {
    let token = current
    position += 1
    switch token.kind {
    case .number(let value):
      if let unit = take(word: "publications") ?? take(word: "publication") {
        return try publications(value, token.range.lowerBound..<unit.upperBound)
      }
      return try counted(.number(value), token.range)
    case .percent(let value): return try counted(.percent(value), token.range)
    case .duration(let value): return try counted(.duration(value), token.range)
    case .word(let word): return try counted(.word(word), token.range)
    case .day:
      throw ConditionProblem(
        text, token.range, "a day stands after since, as in change(since 2026-01-01)")
    case .name("since"):
      guard case .day(let day) = current.kind else {
        throw problem("'since' takes a day, as in change(since 2026-01-01)")
      }
      position += 1
      let end = tokens[position - 1].range.upperBound
      return try counted(.since(day), token.range.lowerBound..<end)
    case .name(let name) where !Self.words.contains(name): return try call(name, token.range)
    case .symbol("("): return try parenthesized(token.range)
    case .end:
      position -= 1
      throw problem("the condition ends here; a figure or a function is missing")
    case .symbol("+"):
      throw ConditionProblem(text, token.range, "a figure has no plus sign; leave it out")
    case .name, .symbol:
      position -= 1
      throw problem("expected a figure or a function, found \(found)")
    }
  }

  private mutating func publications(
    _ value: ExactDecimal, _ range: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    guard value.scale == 0, (1...Int64(Window.maximumPublications)).contains(value.coefficient)
    else {
      throw ConditionProblem(
        text, range, "a window has 1 to \(Window.maximumPublications) publications")
    }
    return try counted(.publications(Int(value.coefficient)), range)
  }

  private mutating func parenthesized(
    _ opening: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    try descend(at: opening)
    let inner = try disjunction()
    nesting -= 1
    let closing = try close(opening)
    return Syntax(inner.node, opening.lowerBound..<closing.upperBound, mark: inner.mark)
  }

  private mutating func call(
    _ name: String, _ mark: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    guard let opening = take(symbol: "(") else { return try counted(.call(name, []), mark) }
    if current.kind == .symbol(")") {
      throw ConditionProblem(
        text, opening.lowerBound..<current.range.upperBound,
        "nothing stands between these parentheses; "
          + (Self.wants(name) ?? "leave them out"))
    }
    try descend(at: opening)
    var arguments: [Syntax] = []
    repeat {
      arguments.append(try disjunction())
    } while take(symbol: ",") != nil
    nesting -= 1
    let closing = try close(opening)
    return try counted(
      .call(name, arguments), mark.lowerBound..<closing.upperBound, mark: mark)
  }

  // MARK: Words

  private static let words: Set<String> = ["and", "not", "or"]

  private var current: Token { tokens[min(position, tokens.count - 1)] }

  private mutating func take(symbol: String) -> Range<Int>? { take(.symbol(symbol)) }

  private mutating func take(word: String) -> Range<Int>? { take(.name(word)) }

  private mutating func take(_ kind: Token.Kind) -> Range<Int>? {
    guard current.kind == kind else { return nil }
    defer { position += 1 }
    return current.range
  }

  private mutating func take(arithmetic: [Arithmetic]) -> (Arithmetic, Range<Int>)? {
    for operation in arithmetic {
      if let mark = take(symbol: operation.rawValue) { return (operation, mark) }
    }
    return nil
  }

  private mutating func takeComparison() -> (Comparison, Range<Int>)? {
    guard case .symbol(let symbol) = current.kind, let comparison = Comparison(rawValue: symbol)
    else { return nil }
    defer { position += 1 }
    return (comparison, current.range)
  }

  private mutating func close(_ opening: Range<Int>) throws(ConditionProblem) -> Range<Int> {
    if let closing = take(symbol: ")") { return closing }
    if current.kind == .end {
      throw ConditionProblem(text, opening, "this parenthesis is never closed")
    }
    throw unexpected()
  }

  // MARK: Limits and problems

  private mutating func descend(at mark: Range<Int>) throws(ConditionProblem) {
    nesting += 1
    guard nesting <= Self.maximumNesting else {
      throw ConditionProblem(
        text, mark, "a condition nests at most \(Self.maximumNesting) levels deep")
    }
  }

  private mutating func counted(
    _ node: Syntax.Node, _ range: Range<Int>, mark: Range<Int>? = nil
  ) throws(ConditionProblem) -> Syntax {
    nodes += 1
    guard nodes <= Self.maximumNodes else {
      throw ConditionProblem(
        text, mark ?? range,
        "a condition has at most \(Self.maximumNodes) figures, functions and operators")
    }
    return Syntax(node, range, mark: mark)
  }

  private func problem(_ message: String) -> ConditionProblem {
    ConditionProblem(text, current.range, message)
  }

  private var found: String {
    let word = Array(text.utf8)[current.range]
    return "'\(Lexer.quoted(String(decoding: word, as: UTF8.self)))'"
  }

  /// What a function takes in its parentheses; nil for one that takes nothing, and for no function.
  private static func wants(_ name: String) -> String? {
    guard let takes = FunctionCatalog.function(named: name)?.takes, !takes.hasPrefix("nothing")
    else { return nil }
    return "'\(name)' takes \(takes)"
  }

  /// What stands where an operator or the end was expected.
  private func unexpected() -> ConditionProblem {
    switch current.kind {
    case .symbol(")"): problem("this parenthesis was never opened")
    case .symbol(","):
      problem("a comma separates the arguments of a function; decimals have a dot, as in 0.5")
    default: problem("expected an operator such as >, + or and, found \(found)\(advice)")
    }
  }

  /// What to do about it, where it looks like another notation: a word for an operator, a unit apart
  /// from its number, a function without parentheses.
  private var advice: String {
    let last = position > 0 ? tokens[position - 1].kind : .end
    switch (last, current.kind) {
    case (.number(let number), .name(let unit)):
      if let duration = NotationHints.duration(number, unit) { return "; write \(duration)" }
    case (.name(let name), _):
      if let wants = Self.wants(name) { return "; \(wants)" }
    default: break
    }
    guard case .name(let name) = current.kind else { return "" }
    return NotationHints.advice(on: name).map { "; \($0)" } ?? ""
  }
}
