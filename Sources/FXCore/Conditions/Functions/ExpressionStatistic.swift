/// A statistic of the values that an expression had with each publication of a window, such as the average
/// of moves.
///
/// Each publication counts once, also one that repeated the rate, whose move is about zero. The publications
/// of a window of time are those from the first one with another rate on: when a rate was repeated is not
/// known.
struct ExpressionStatistic: NumericLeaf {
  /// The statistic.
  enum Kind: Sendable {
    case average
    /// The standard deviation from the average.
    case deviation
    case lowest
    case highest
  }

  /// The most rates of a window, which bounds the time of an evaluation: about a microsecond each.
  static let maximumRates = 10_000

  let kind: Kind
  let subject: NumericExpression
  let window: Window

  /// True for a window without the current publication.
  let isBefore: Bool

  /// Checks a call with a value and a window.
  static func expression(
    of call: FunctionCall, _ kind: Kind, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let syntax = call.arguments[0]
    let (subject, type, requirements) = try checker.numeric(syntax)
    guard requirements.isOfOnePublication, type != .duration else {
      throw checker.problem(
        syntax.range,
        "'\(call.name)' computes with the rate, change and delta of each publication, and with numbers;"
          + " windows, other sources and the time cannot be used within it")
    }
    guard requirements.kind != nil else {
      throw checker.problem(
        syntax.range, "the value does not depend on the series; use rate, change or delta")
    }
    let (window, isBefore) = try call.windowOrBefore(at: 1, &checker)
    return try expression(
      ExpressionStatistic(kind: kind, subject: subject, window: window, isBefore: isBefore), type,
      at: call.arguments[1].range, in: checker)
  }

  /// Returns the expression of a statistic; throws for a window with too many publications.
  static func expression(
    _ statistic: ExpressionStatistic, _ type: ValueType, at range: Range<Int>,
    in checker: TypeChecker
  ) throws(ConditionProblem) -> Expression {
    var reach = statistic.window.reach
    if case .publications(let count) = statistic.window {
      guard count <= maximumRates else {
        throw checker.problem(
          range, "a window of values has at most \(maximumRates) publications")
      }
      // One more for the move of the first publication, and one for 'before'.
      reach = Lookback(publications: count + 2)
    }
    return Expression(.leaf(statistic), type, Requirements(kind: .state, reach: reach))
  }

  /// Cost: linear in the rates of the window, at most `maximumRates`.
  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    let past: PastPublications
    switch PastPublications.all(of: window, isBefore: isBefore, on: view, at: moment.now) {
    case .known(let known): past = known
    case .missing(let absence): return .missing(absence)
    }
    var sample = ValueSample()
    for place in past.places {
      let (point, previous, ordinals) = past[place]
      if ordinals.contains(point.publication) {
        let isCurrent = place == past.last && view.publication == point.publication
        let result = value(on: view, point, after: isCurrent ? view.previous : previous, moment)
        if let absence = sample.add(result, times: 1) { return .missing(named(absence)) }
      }
      let repeats = ordinals.upperBound - max(ordinals.lowerBound, point.publication + 1)
      if repeats > 0 {
        let result = value(on: view, point, after: point, moment)
        if let absence = sample.add(result, times: repeats) { return .missing(named(absence)) }
      }
    }
    return sample.statistic(kind).map { .known($0) } ?? .missing(.excess)
  }

  /// Returns the value of the expression when a point was published after another one.
  private func value(
    on view: some SeriesView, _ point: SeriesPoint, after previous: SeriesPoint?, _ moment: Moment
  ) -> NumericResult {
    subject.value(
      on: PastSeries(view, at: point, after: previous),
      at: Moment(now: point.firstSeen, certainty: moment.certainty))
  }

  /// Returns the reason why the window is not covered where its first move is not known.
  private func named(_ absence: Absence) -> Absence {
    guard absence == .previous else { return absence }
    if case .publications(let count) = window { return .earlier(.publications(count + 1)) }
    return .earlier(window)
  }
}

extension Requirements {
  /// True if nothing is read but the rate of a publication and the one before.
  fileprivate var isOfOnePublication: Bool {
    var others = self
    others.kind = nil
    others.reference = nil
    return others == .nothing && (reference ?? .previous) == .previous
  }
}
