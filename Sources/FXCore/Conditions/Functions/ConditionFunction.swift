/// One function of the condition language.
///
/// A new one is a file in `Functions/` and a line in `FunctionCatalog`.
protocol ConditionFunction: Sendable {
  /// The word users write.
  static var name: String { get }

  /// What it takes, for messages: `one duration, as in at(24h)`.
  static var takes: String { get }

  /// Whether what stands in its parentheses is one word, such as a source's name, and no expression.
  static var takesWord: Bool { get }

  /// What a call of it means; its arguments are checked here.
  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression
}

extension ConditionFunction {
  static var takesWord: Bool { false }
}

/// A function as it was called.
struct FunctionCall: Sendable {
  /// The function's name.
  let name: String

  /// What the function takes, for messages.
  let takes: String

  /// What stood in the parentheses, unchecked; empty where there were none.
  let arguments: [Syntax]

  /// Where the name stands.
  let mark: Range<Int>
}

extension FunctionCall {
  /// Refuses any argument.
  func withoutArguments(_ checker: TypeChecker) throws(ConditionProblem) {
    guard let first = arguments.first else { return }
    throw checker.problem(first.range, "'\(name)' takes \(takes)")
  }

  /// The one argument.
  func argument(_ checker: TypeChecker) throws(ConditionProblem) -> Syntax {
    guard let only = arguments.first, arguments.count == 1 else {
      throw checker.problem(arguments.dropFirst().first?.range ?? mark, "'\(name)' takes \(takes)")
    }
    return only
  }

  /// What a move is measured against: the publication before where no window is given.
  func reference(_ checker: inout TypeChecker) throws(ConditionProblem) -> Reference {
    arguments.isEmpty ? .previous : .before(try window(&checker))
  }

  /// The one argument, a window.
  func window(_ checker: inout TypeChecker) throws(ConditionProblem) -> Window {
    let syntax = try argument(checker)
    let message = "'\(name)' takes \(takes)"
    switch syntax.node {
    case .duration(let duration):
      guard duration > .zero else {
        throw checker.problem(syntax.range, "a window is longer than zero, as in 24h")
      }
      return .time(duration.milliseconds)
    case .publications(let count): return .publications(count)
    case .since(let day): return .since(day)
    case .number(let count) where count.scale == 0:
      throw checker.problem(
        syntax.range,
        message + ", not a number; write \(count) publications, \(count)h or \(count)d")
    default: break
    }
    switch try checker.expression(syntax).meaning {
    case .proposition: throw checker.problem(syntax.range, message + ", not a condition")
    case .quantity(_, .duration): throw checker.problem(syntax.range, message + ", written out")
    case .quantity(_, let type):
      throw checker.problem(syntax.range, message + ", not \(type.noun)")
    }
  }

  /// The one argument of a function that takes a word.
  func word(_ checker: TypeChecker) throws(ConditionProblem) -> (text: String, range: Range<Int>) {
    let syntax = try argument(checker)
    guard case .word(let text) = syntax.node else {
      throw checker.problem(syntax.range, "'\(name)' takes \(takes)")
    }
    return (text, syntax.range)
  }

  /// One rate, or a number in its place, at a position.
  func level(
    _ index: Int, _ checker: inout TypeChecker
  ) throws(ConditionProblem) -> (quantity: NumericExpression, needs: Requirements) {
    let syntax = arguments[index]
    let expression = try checker.expression(syntax)
    switch expression.meaning {
    case .quantity(let quantity, .rate), .quantity(let quantity, .number):
      return (quantity, expression.needs)
    case .quantity(_, let type):
      throw checker.problem(syntax.range, "'\(name)' takes \(takes), not \(type.noun)")
    case .proposition:
      throw checker.problem(syntax.range, "'\(name)' takes \(takes), not a condition")
    }
  }
}
