extension Condition {
  /// Returns every comparison and event of the condition with its result, in the order written.
  ///
  /// Parses the condition again, so it is slow; for explanations.
  package func steps(
    on view: some SeriesView, at now: Timestamp, certainty: Certainty
  ) -> [ConditionStep] {
    guard let syntax = try? Parser.syntax(of: text) else { return [] }
    var explainer = Explainer(
      self, view: view, moment: Moment(now: now, certainty: certainty))
    explainer.explain(syntax)
    return explainer.steps
  }
}

/// Walks the syntax tree of a condition and evaluates each step.
private struct Explainer<View: SeriesView> {
  private let view: View
  private let moment: Moment
  private var checker: TypeChecker
  private(set) var steps: [ConditionStep] = []

  init(_ condition: Condition, view: View, moment: Moment) {
    checker = TypeChecker(text: condition.text, scope: condition.scope)
    self.view = view
    self.moment = moment
  }

  mutating func explain(_ syntax: Syntax) {
    switch syntax.node {
    case .not(let operand): explain(operand)
    case .call(let name, _) where isPredicate(name):
      guard let definition = checker.scope.definitions[name], let inner = definition.syntax else {
        return
      }
      let outer = checker.enter(definition)
      explain(inner)
      checker.leave(to: outer)
    case .logical(_, let left, let right):
      explain(left)
      explain(right)
    case .comparison(_, let left, let right):
      add(syntax, [left, right].compactMap { operand($0) })
    default: add(syntax, [])
    }
  }

  /// True for the name of a definition that is a condition, whose parts are explained.
  private func isPredicate(_ name: String) -> Bool {
    guard let syntax = checker.scope.definitions[name]?.syntax else { return false }
    switch syntax.node {
    case .comparison, .logical, .not: return true
    default: return false
    }
  }

  private mutating func add(_ syntax: Syntax, _ operands: [ConditionStep.Operand]) {
    guard let expression = try? checker.expression(syntax),
      case .predicate(let predicate) = expression.meaning
    else { return }
    let outcome =
      switch predicate.truth(on: view, at: moment) {
      case .known(.yes): "true"
      case .known(.no): "false"
      case .known(.undecided): "undecided: both results are possible within the rounding"
      case .missing(let absence): "unknown: \(absence.reason)\(coverage(absence))"
      }
    steps.append(ConditionStep(text: text(of: syntax), operands: operands, outcome: outcome))
  }

  /// Returns when a window will be covered, as the end of a sentence; empty for any other reason.
  private func coverage(_ absence: Absence) -> String {
    guard case .earlier(let window) = absence else { return "" }
    let first = view.history.points.first ?? view.current
    switch window {
    case .time(let length):
      let start = first.firstSeen + .milliseconds(length)
      return "; rates are known from \(first.firstSeen) on, so it will be covered from \(start) on"
    case .publications(let count):
      let known = max(1, view.publication - first.publication + 1)
      return "; \(known) of \(count) publications are known, the current one included"
    case .sinceAlert: return ""
    case .since, .sinceStart:
      return "; rates are known from \(first.firstSeen) on; fxwatch import adds older ones"
    }
  }

  /// Returns one side of a comparison; nil for a constant.
  private mutating func operand(_ syntax: Syntax) -> ConditionStep.Operand? {
    guard let expression = try? checker.expression(syntax),
      case .numeric(let numeric, let type) = expression.meaning,
      expression.requirements.kind != nil
    else { return nil }
    var value: String?
    if case .known(let range) = numeric.value(on: view, at: moment) {
      value = range.text(as: type)
    }
    var text = text(of: syntax)
    if case .call(let name, _) = syntax.node, let definition = checker.scope.definitions[name] {
      text += " (\(definition.text))"
    }
    return ConditionStep.Operand(text: text, value: value)
  }

  private func text(of syntax: Syntax) -> String {
    String(decoding: Array(checker.text.utf8)[syntax.range], as: UTF8.self)
  }
}

extension RateRange {
  /// Returns the value as text, with its range if it is not exact: `15.22 % (15.2 to 15.23 %)`.
  fileprivate func text(as type: ValueType) -> String {
    if low == -.greatest || high == .greatest {
      return printed.plainText(places: 2) + " (unbounded within the rounding)"
    }
    switch type {
    case .duration:
      let milliseconds = printed.numerator.flooredDivision(by: printed.denominator)
      return DurationText.text(.milliseconds(Int64(clamping: milliseconds)))
    case .percent, .share:
      guard let whole = multiplied(by: RateRange(exactly: Fraction(100))) else { return "?" }
      return whole.text(places: 2) + " %"
    case .rate: return text(places: 8)
    case .number: return text(places: 4)
    }
  }

  private func text(places: Int) -> String {
    let value = printed.plainText(places: places)
    guard !isExact else { return value }
    // Rounded outwards, without trailing zeros.
    let ends = [low.text(places: places, .down), high.text(places: places, .up)].map { text in
      places > 2 ? Self.withoutZeros(text) : text
    }
    return "\(value) (\(ends[0]) to \(ends[1]))"
  }

  /// Returns decimal text without trailing zeros.
  private static func withoutZeros(_ text: String) -> String {
    var digits = Substring(text)
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return digits == "-0" || digits.isEmpty ? "0" : String(digits)
  }
}
