/// One comparison or event of a condition, with what it came to.
package struct ConditionStep: Hashable, Sendable {
  /// As written.
  package let text: String

  /// The figures it compares, as written and as they came out; none for an event.
  package let figures: [Figure]

  /// What it came to: true, false, undecided, or why it cannot be told.
  package let outcome: String

  /// One side of a comparison that is no constant.
  package struct Figure: Hashable, Sendable {
    /// As written.
    package let text: String

    /// The figure with the range its rounding leaves; nil where it cannot be told.
    package let value: String?
  }
}

extension Condition {
  /// How an answer comes about: every comparison and event of the condition, in the order written.
  ///
  /// Reads the condition anew; for people, not for every publication.
  package func steps(
    on view: some SeriesView, at now: Timestamp, certainty: Certainty
  ) -> [ConditionStep] {
    guard let syntax = try? Parser.syntax(of: text) else { return [] }
    var explainer = Explainer(
      text: text, view: view, moment: Moment(now: now, certainty: certainty))
    explainer.explain(syntax)
    return explainer.steps
  }
}

private struct Explainer<View: SeriesView> {
  private let bytes: [UInt8]
  private let view: View
  private let moment: Moment
  private var checker: TypeChecker
  private(set) var steps: [ConditionStep] = []

  init(text: String, view: View, moment: Moment) {
    bytes = Array(text.utf8)
    checker = TypeChecker(text: text)
    self.view = view
    self.moment = moment
  }

  mutating func explain(_ syntax: Syntax) {
    switch syntax.node {
    case .not(let operand): explain(operand)
    case .junction(_, let left, let right):
      explain(left)
      explain(right)
    case .comparison(_, let left, let right):
      add(syntax, [left, right].compactMap { figure($0) })
    default: add(syntax, [])
    }
  }

  private mutating func add(_ syntax: Syntax, _ figures: [ConditionStep.Figure]) {
    guard let expression = try? checker.expression(syntax),
      case .proposition(let proposition) = expression.meaning
    else { return }
    let outcome =
      switch proposition.answer(on: view, at: moment) {
      case .known(.yes): "true"
      case .known(.no): "false"
      case .known(.undecided): "undecided: the rounding leaves both open"
      case .missing(let absence): "cannot tell: \(absence.reason)"
      }
    steps.append(ConditionStep(text: words(syntax), figures: figures, outcome: outcome))
  }

  /// One side of a comparison; nil for a constant.
  private mutating func figure(_ syntax: Syntax) -> ConditionStep.Figure? {
    guard let expression = try? checker.expression(syntax),
      case .quantity(let quantity, let type) = expression.meaning, expression.needs.kind != nil
    else { return nil }
    guard case .known(let range) = quantity.value(on: view, at: moment) else {
      return ConditionStep.Figure(text: words(syntax), value: nil)
    }
    return ConditionStep.Figure(text: words(syntax), value: range.text(as: type))
  }

  private func words(_ syntax: Syntax) -> String {
    String(decoding: bytes[syntax.range], as: UTF8.self)
  }
}

extension RateRange {
  /// The figure for people, with its range where rounding leaves one: `15.22 % (15.2 to 15.23 %)`.
  fileprivate func text(as type: ValueType) -> String {
    let unbounded = low == -.greatest || high == .greatest
    switch type {
    case .duration:
      let milliseconds = printed.numerator.flooredDivision(by: printed.denominator)
      return DurationText.text(.milliseconds(Int64(clamping: milliseconds)))
    case .percent:
      guard let whole = multiplied(by: RateRange(exactly: Fraction(100))) else { return "?" }
      return whole.text(places: 2) + " %"
    case .rate: return text(places: 8)
    case .number: return unbounded ? printed.plainText(places: 2) : text(places: 4)
    }
  }

  private func text(places: Int) -> String {
    let figure = printed.plainText(places: places)
    guard !isExact else { return figure }
    // Outwards, and without zeros that say nothing.
    let ends = [low.text(places: places, .down), high.text(places: places, .up)].map { text in
      places > 2 ? String(text.reversed().drop { $0 == "0" }.reversed()) : text
    }
    return "\(figure) (\(ends[0]) to \(ends[1]))"
  }
}
