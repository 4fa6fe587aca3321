/// A value in a summary, with the number of its decimals: `{= rate * 25000 :.2f}`.
package struct SummaryValue: Sendable {
  /// The expression and the format as the user wrote them.
  package let text: String

  private let scope: ConditionScope
  private let expression: NumericExpression
  private let type: ValueType

  /// The number of decimals; nil for as many as needed, up to `mostPlaces`.
  private let places: Int?

  /// The inputs that it reads.
  let requirements: Requirements

  private let mentions: [SourceMention]

  /// The definitions that it uses.
  let definitions: [Definition]

  /// The most decimals that are printed without a format.
  private static let mostPlaces = 10

  /// Parses the text between `{=` and `}`.
  init(_ text: String, in scope: ConditionScope) throws(SummaryTemplate.Problem) {
    self.text = text
    self.scope = scope
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    places = try parts.dropFirst().first.map { format throws(SummaryTemplate.Problem) in
      try Self.places(in: format)
    }
    do throws(ConditionProblem) {
      let source = String(parts.first ?? "")
      var checker = TypeChecker(text: source, scope: scope)
      (expression, type, requirements) = try checker.numeric(try Parser.syntax(of: source))
      mentions = checker.mentions
      definitions = Array(checker.definitions.values)
    } catch {
      throw SummaryTemplate.Problem(
        message: "'{=\(Lexer.quoted(text))}': " + error.message)
    }
    if type == .duration {
      throw SummaryTemplate.Problem(
        message:
          "'{=\(Lexer.quoted(text))}' is a duration; expected a rate, a percentage or a number")
    }
  }

  /// Parses a format such as `.2f`.
  private static func places(in format: Substring) throws(SummaryTemplate.Problem) -> Int {
    let word = String(format.drop { $0 == " " }.prefix { $0 != " " })
    guard word.hasPrefix("."), word.hasSuffix("f"), let count = Int(word.dropFirst().dropLast()),
      (0...ExactDecimal.maximumScale).contains(count)
    else {
      throw SummaryTemplate.Problem(
        message:
          "\(Lexer.quoted(word).quoted) is not a format of numbers; write :.2f for two decimals, at most"
          + " :.\(ExactDecimal.maximumScale)f")
    }
    return count
  }

  /// Returns the problem of the first source that it reads and that is not among the known ones.
  func problem(ofSourcesAmong known: DefinedNames) -> ConditionProblem? {
    mentions.lazy.compactMap { $0.problem(among: known) }.first
  }

  /// Returns the value of the printed rates as text; a half is rounded away from zero.
  package func text(on view: some SeriesView, at now: Timestamp) -> String {
    let moment = Moment(now: now, certainty: .printed)
    guard case .known(let range) = expression.value(on: view, at: moment) else { return "?" }
    var value = range.printed
    if type.isPercentage {
      guard let whole = value.multiplied(by: Fraction(100), rounding: .toNearest) else {
        return "?"
      }
      value = whole
    }
    let digits =
      places.map { value.text(places: $0, .toNearest) } ?? value.plainText(places: Self.mostPlaces)
    return type.isPercentage ? digits + " %" : digits
  }
}

extension SummaryValue: Hashable {
  package static func == (left: SummaryValue, right: SummaryValue) -> Bool {
    left.text == right.text && left.scope == right.scope
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
