/// One function of the condition language.
///
/// A new function is a file in this folder and a line in `FunctionCatalog`; a function with a new input
/// also adds a requirement to `SeriesView`.
protocol ConditionFunction: Sendable {
  /// The name that users write.
  static var name: String { get }

  /// The arguments in words, for messages after "'at' takes": `one window, as in at(24h)`; nil for a
  /// function without arguments.
  static var usage: String? { get }

  /// Indicates whether the argument is a word, such as a source's name, and no expression.
  static var expectsWord: Bool { get }

  /// Indicates whether the value is never negative, which `ConstantConditions` uses.
  static var isNeverNegative: Bool { get }

  /// Indicates whether a window that is a plain number counts publications, as in `atr(14)`.
  static var countsPublications: Bool { get }

  /// Checks the arguments of a call and returns its expression.
  static func expression(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression
}

extension ConditionFunction {
  static var expectsWord: Bool { false }
  static var isNeverNegative: Bool { false }
  static var countsPublications: Bool { false }
}
