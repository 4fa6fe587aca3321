/// A recursive-descent parser that turns the tokens of a condition into a syntax tree.
///
/// Precedence from low to high: `or`, `and`, `not`, comparison (not associative), `+ -`, `* /`, unary
/// minus. Linear in the tokens; recursion is limited by `maximumNesting`.
struct Parser {
  /// The largest number of functions, numbers and operators of one condition, so that its evaluation
  /// takes microseconds.
  static let maximumNodes = 256

  /// The largest depth of parentheses, `not` and signs, so that the recursion cannot exhaust a stack.
  static let maximumNesting = 64

  private let text: String
  private let tokens: [Token]
  private var position = 0
  private var nodes = 0
  private var nesting = 0

  /// Returns the syntax tree of a whole condition.
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

  // MARK: Rules of the grammar, lowest precedence first

  private mutating func disjunction() throws(ConditionProblem) -> Syntax {
    var left = try conjunction()
    while let mark = consume(word: "or") {
      left = try joined(.or, left, try conjunction(), mark)
    }
    return left
  }

  private mutating func conjunction() throws(ConditionProblem) -> Syntax {
    var left = try negation()
    while let mark = consume(word: "and") {
      left = try joined(.and, left, try negation(), mark)
    }
    return left
  }

  private mutating func joined(
    _ operation: LogicalOperator, _ left: Syntax, _ right: Syntax, _ mark: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    try node(
      .logical(operation, left, right), left.range.lowerBound..<right.range.upperBound, mark: mark)
  }

  private mutating func negation() throws(ConditionProblem) -> Syntax {
    guard let mark = consume(word: "not") else { return try comparison() }
    try enterNesting(at: mark)
    let operand = try negation()
    nesting -= 1
    return try node(.not(operand), mark.lowerBound..<operand.range.upperBound, mark: mark)
  }

  private mutating func comparison() throws(ConditionProblem) -> Syntax {
    let left = try sum()
    guard let (comparison, mark) = consumeComparison() else { return left }
    let right = try sum()
    if consumeComparison() != nil {
      position -= 1
      throw problem("comparisons cannot be chained; join two of them with and")
    }
    return try node(
      .comparison(comparison, left, right), left.range.lowerBound..<right.range.upperBound,
      mark: mark)
  }

  private mutating func sum() throws(ConditionProblem) -> Syntax {
    var left = try product()
    while let (operation, mark) = consume(arithmetic: [.plus, .minus]) {
      left = try computed(operation, left, try product(), mark)
    }
    return left
  }

  private mutating func product() throws(ConditionProblem) -> Syntax {
    var left = try signed()
    while let (operation, mark) = consume(arithmetic: [.times, .dividedBy]) {
      left = try computed(operation, left, try signed(), mark)
    }
    return left
  }

  private mutating func computed(
    _ operation: Arithmetic, _ left: Syntax, _ right: Syntax, _ mark: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    try node(
      .arithmetic(operation, left, right), left.range.lowerBound..<right.range.upperBound,
      mark: mark)
  }

  private mutating func signed() throws(ConditionProblem) -> Syntax {
    guard let (_, mark) = consume(arithmetic: [.minus]) else { return try primary() }
    try enterNesting(at: mark)
    let operand = try signed()
    nesting -= 1
    return try node(.negated(operand), mark.lowerBound..<operand.range.upperBound, mark: mark)
  }

  private mutating func primary() throws(ConditionProblem) -> Syntax {
    let token = current
    position += 1
    switch token.kind {
    case .number(let value):
      if let unit = consume(word: "publications") ?? consume(word: "publication") {
        return try before(publications(value, token.range.lowerBound..<unit.upperBound))
      }
      if case .name(let word) = current.kind, let step = RateStep(word: word) {
        position += 1
        let end = tokens[position - 1].range.upperBound
        return try node(.steps(step, value), token.range.lowerBound..<end)
      }
      return try node(.number(value), token.range)
    case .percent(let value): return try node(.percent(value), token.range)
    case .duration(let value): return try before(node(.duration(value), token.range))
    case .word(let word): return try node(.word(word), token.range)
    case .day:
      throw ConditionProblem(
        text, token.range, "write 'since' before a day, as in change(since 2026-01-01)")
    case .name("since"):
      return try since(token.range)
    case .name(let name) where !Self.words.contains(name): return try call(name, token.range)
    case .symbol("("): return try parenthesized(token.range)
    case .end:
      position -= 1
      throw problem("unexpected end of the condition; expected a number or a function")
    case .symbol("+"):
      throw ConditionProblem(text, token.range, "unexpected '+'; a number has no plus sign")
    case .name, .symbol:
      position -= 1
      throw problem("expected a number or a function, found \(found)")
    }
  }

  /// Reads the day, the period or the instant of an alert after `since`.
  private mutating func since(_ mark: Range<Int>) throws(ConditionProblem) -> Syntax {
    let start: Syntax.Node
    switch current.kind {
    case .day(let day): start = .since(day)
    case .name(let name):
      if let period = CalendarPeriod(rawValue: name) {
        start = .sinceStart(period)
      } else if let mark = AlertMark(rawValue: name) {
        start = .sinceAlert(mark)
      } else {
        fallthrough
      }
    default:
      throw problem(
        "expected a day, day, week, month, quarter, year, armed or fired after 'since', as in"
          + " change(since 2026-01-01)")
    }
    position += 1
    let end = tokens[position - 1].range.upperBound
    return try before(node(start, mark.lowerBound..<end))
  }

  /// Returns a window, without the current rate if `before` follows it.
  private mutating func before(_ window: Syntax) throws(ConditionProblem) -> Syntax {
    guard let mark = consume(word: "before") else { return window }
    return try node(.before(window), window.range.lowerBound..<mark.upperBound)
  }

  private mutating func publications(
    _ value: ExactDecimal, _ range: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    guard case .publications(let count)? = Window.publications(value) else {
      throw ConditionProblem(
        text, range, "a window has 1 to \(Window.maximumPublications) publications")
    }
    return try node(.publications(count), range)
  }

  private mutating func parenthesized(
    _ opening: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    try enterNesting(at: opening)
    let inner = try disjunction()
    nesting -= 1
    let closing = try close(opening)
    return Syntax(inner.node, opening.lowerBound..<closing.upperBound, mark: inner.mark)
  }

  private mutating func call(
    _ name: String, _ mark: Range<Int>
  ) throws(ConditionProblem) -> Syntax {
    guard let opening = consume(symbol: "(") else { return try node(.call(name, []), mark) }
    if current.kind == .symbol(")") {
      throw ConditionProblem(
        text, opening.lowerBound..<current.range.upperBound,
        "empty parentheses; " + (Self.usage(of: name) ?? "remove them"))
    }
    try enterNesting(at: opening)
    var arguments: [Syntax] = []
    repeat {
      arguments.append(try disjunction())
    } while consume(symbol: ",") != nil
    nesting -= 1
    let closing = try close(opening)
    return try node(
      .call(name, arguments), mark.lowerBound..<closing.upperBound, mark: mark)
  }

  // MARK: Tokens

  private static let words: Set<String> = ["and", "not", "or"]

  /// The words that cannot be names of definitions.
  static let reservedWords = words.union([
    "before", "pip", "pips", "publication", "publications", "since", "tick", "ticks",
  ])

  private var current: Token { tokens[min(position, tokens.count - 1)] }

  private mutating func consume(symbol: String) -> Range<Int>? { consume(.symbol(symbol)) }

  private mutating func consume(word: String) -> Range<Int>? { consume(.name(word)) }

  /// Consumes the current token if it is of a kind, and returns its range.
  private mutating func consume(_ kind: Token.Kind) -> Range<Int>? {
    guard current.kind == kind else { return nil }
    defer { position += 1 }
    return current.range
  }

  private mutating func consume(arithmetic: [Arithmetic]) -> (Arithmetic, Range<Int>)? {
    for operation in arithmetic {
      if let mark = consume(symbol: operation.rawValue) { return (operation, mark) }
    }
    return nil
  }

  private mutating func consumeComparison() -> (Comparison, Range<Int>)? {
    guard case .symbol(let symbol) = current.kind, let comparison = Comparison(rawValue: symbol)
    else { return nil }
    defer { position += 1 }
    return (comparison, current.range)
  }

  private mutating func close(_ opening: Range<Int>) throws(ConditionProblem) -> Range<Int> {
    if let closing = consume(symbol: ")") { return closing }
    if current.kind == .end {
      throw ConditionProblem(text, opening, "missing ')' for this '('")
    }
    throw unexpected()
  }

  // MARK: Limits and errors

  private mutating func enterNesting(at mark: Range<Int>) throws(ConditionProblem) {
    nesting += 1
    guard nesting <= Self.maximumNesting else {
      throw ConditionProblem(
        text, mark, "a condition has at most \(Self.maximumNesting) nested levels")
    }
  }

  /// Makes a node of the tree and counts it.
  private mutating func node(
    _ node: Syntax.Node, _ range: Range<Int>, mark: Range<Int>? = nil
  ) throws(ConditionProblem) -> Syntax {
    nodes += 1
    guard nodes <= Self.maximumNodes else {
      throw ConditionProblem(
        text, mark ?? range,
        "a condition has at most \(Self.maximumNodes) numbers, functions and operators")
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

  /// Returns the sentence about a function's arguments; nil if it has none or is unknown.
  private static func usage(of name: String) -> String? {
    FunctionCatalog.function(named: name)?.usage.map { "'\(name)' takes \($0)" }
  }

  /// Returns the error for a token in the place of an operator or the end.
  private func unexpected() -> ConditionProblem {
    switch current.kind {
    case .symbol(")"): problem("unexpected ')'; there is no '(' before it")
    case .symbol(","): problem("unexpected ','; write decimals with a dot, as in 0.5")
    default: problem("expected an operator such as >, + or and, found \(found)\(hint)")
    }
  }

  /// The remedy for another notation: a word for an operator, a space between number and unit, a
  /// function without parentheses.
  private var hint: String {
    let last = position > 0 ? tokens[position - 1].kind : .end
    switch (last, current.kind) {
    case (.number(let number), .name(let unit)):
      if let duration = NotationHints.duration(number, unit) { return "; write \(duration)" }
    case (.name(let name), _):
      if let usage = Self.usage(of: name) { return "; \(usage)" }
    default: break
    }
    guard case .name(let name) = current.kind else { return "" }
    return NotationHints.hint(for: name).map { "; \($0)" } ?? ""
  }
}
