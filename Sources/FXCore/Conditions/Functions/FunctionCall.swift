/// A function with the arguments of one call.
struct FunctionCall: Sendable {
  let function: any ConditionFunction.Type

  /// The arguments in the parentheses, unchecked; empty if there are no parentheses.
  let arguments: [Syntax]

  /// The position of the name.
  let mark: Range<Int>

  var name: String { function.name }

  /// The sentence about the function's arguments, for messages.
  var usage: String { "'\(name)' takes \(function.usage ?? "no arguments")" }

  /// Rejects all arguments.
  func withoutArguments(_ checker: TypeChecker) throws(ConditionProblem) {
    guard let first = arguments.first else { return }
    throw checker.problem(first.range, usage)
  }

  /// Returns the only argument.
  func argument(_ checker: TypeChecker) throws(ConditionProblem) -> Syntax {
    guard let only = arguments.first, arguments.count == 1 else {
      throw checker.problem(arguments.dropFirst().first?.range ?? mark, usage)
    }
    return only
  }

  /// Returns the rate against which a move is measured: the previous one if no window is given.
  func reference(_ checker: inout TypeChecker) throws(ConditionProblem) -> Reference {
    arguments.isEmpty ? .previous : .before(try window(&checker))
  }

  /// Returns the only argument, a window.
  func window(_ checker: inout TypeChecker) throws(ConditionProblem) -> Window {
    try window(try argument(checker), &checker)
  }

  /// Returns the only argument, a window, and whether it ends before the current rate.
  func windowOrBefore(
    _ checker: inout TypeChecker
  ) throws(ConditionProblem) -> (window: Window, isBefore: Bool) {
    _ = try argument(checker)
    return try windowOrBefore(at: 0, &checker)
  }

  /// Returns the argument at an index, a window, and whether it ends before the current rate.
  func windowOrBefore(
    at index: Int, _ checker: inout TypeChecker
  ) throws(ConditionProblem) -> (window: Window, isBefore: Bool) {
    let syntax = arguments[index]
    guard case .before(let inner) = syntax.node else {
      return (try window(syntax, &checker), false)
    }
    return (try window(inner, &checker), true)
  }

  private func window(
    _ syntax: Syntax, _ checker: inout TypeChecker
  ) throws(ConditionProblem) -> Window {
    switch syntax.node {
    case .before:
      throw checker.problem(
        syntax.range,
        "'\(name)' needs no 'before'; only min, max, avg, atr, stddev and zscore have windows without the"
          + " current rate")
    case .duration(let duration):
      guard duration > .zero else {
        throw checker.problem(syntax.range, "a window must be longer than zero, as in 24h")
      }
      return .time(duration.milliseconds)
    case .publications(let count): return .publications(count)
    case .since(let day): return .since(day)
    case .sinceStart(let period): return .sinceStart(period)
    case .sinceAlert(let mark): return .sinceAlert(mark)
    case .number(let count) where count.scale == 0:
      if function.countsPublications, let count = Window.publications(count) { return count }
      throw checker.problem(
        syntax.range,
        usage + ", not a number; write \(count) publications, \(count)h or \(count)d")
    default: break
    }
    switch try checker.expression(syntax).meaning {
    case .predicate: throw checker.problem(syntax.range, usage + ", not a condition")
    case .numeric(_, .duration): throw checker.problem(syntax.range, usage + ", not a computed one")
    case .numeric(_, let type): throw checker.problem(syntax.range, usage + ", not \(type.noun)")
    }
  }

  /// Returns the only argument of a function that expects a word.
  func word(_ checker: TypeChecker) throws(ConditionProblem) -> (text: String, range: Range<Int>) {
    let syntax = try argument(checker)
    guard case .word(let text) = syntax.node else { throw checker.problem(syntax.range, usage) }
    return (text, syntax.range)
  }

  /// Returns the rate of the source that is the only argument.
  func otherRate(
    _ checker: inout TypeChecker
  ) throws(ConditionProblem) -> (rate: OtherRate, requirements: Requirements) {
    let (name, range) = try word(checker)
    let source = SourceName(name)
    checker.recordSource(source, range)
    return (
      OtherRate(source: source, maxAge: checker.scope.maxAge),
      Requirements(kind: .state, sources: [source])
    )
  }

  /// Returns the argument at an index, a rate or a number.
  func level(
    _ index: Int, _ checker: inout TypeChecker
  ) throws(ConditionProblem) -> (numeric: NumericExpression, requirements: Requirements) {
    let syntax = arguments[index]
    let expression = try checker.expression(syntax)
    switch expression.meaning {
    case .numeric(let numeric, .rate), .numeric(let numeric, .number),
      .numeric(let numeric, .share):
      return (numeric, expression.requirements)
    case .numeric(_, let type): throw checker.problem(syntax.range, usage + ", not \(type.noun)")
    case .predicate: throw checker.problem(syntax.range, usage + ", not a condition")
    }
  }
}
