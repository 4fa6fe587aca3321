/// `spread(ecb)`: how far the rate lies above that of another source for the same pair, in percent of
/// the other.
enum SpreadFunction: ConditionFunction {
  static let name = "spread"
  static let takes = "the name of another source, as in spread(ecb)"
  static let takesWord = true

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (name, range) = try call.word(checker)
    let source = SourceName(name)
    checker.noteSource(source, range)
    return Expression(
      .leaf(Spread(source: source)), .percent, Requirements(kind: .state, sources: [source]))
  }
}

/// The distance from another source.
private struct Spread: SeriesQuantity {
  let source: SourceName

  func value(on view: some SeriesView, at moment: Moment) -> Figure {
    guard let other = view.rate(at: source) else { return .missing(.source(source)) }
    let own = view.range(of: view.current)
    if let distance = own.relativeMove(from: other) { return .known(distance) }
    return .missing(other.low > .zero ? .excess : .zeroDivisor)
  }
}
