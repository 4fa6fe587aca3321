/// `cross(KGS/KZT)`: the rate of one unit of a pair as this source's own pairs give it.
enum CrossFunction: ConditionFunction {
  static let name = "cross"
  static let takes = "a currency pair, as in cross(EUR/USD)"
  static let takesWord = true

  static func meaning(
    of call: FunctionCall, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (text, range) = try call.word(checker)
    guard let pair = CurrencyPair(text), pair.base != pair.quote else {
      throw checker.problem(
        range, "\(text.quoted) is not a currency pair; write it like EUR/USD")
    }
    return Expression(
      .leaf(CrossRate(pair: pair)), .rate, Requirements(kind: .state, readsSiblings: true))
  }
}

/// A rate derived from one or two pairs of one publication, in whichever direction they are printed.
///
/// Of several currencies that can stand between, one of the judged pair is taken, else the first of
/// the alphabet.
private struct CrossRate: SeriesQuantity {
  let pair: CurrencyPair

  func value(on view: some SeriesView, at moment: Moment) -> Figure {
    if let direct = view.rate(from: pair.base, to: pair.quote) { return .known(direct) }
    let own = view.siblings
    let between = own.compactMap { sibling in
      sibling.base == pair.base ? sibling.quote : sibling.quote == pair.base ? sibling.base : nil
    }.sorted()
    let judged = between.filter { $0 == view.pair.base || $0 == view.pair.quote }
    for middle in judged + between {
      if let first = view.rate(from: pair.base, to: middle),
        let second = view.rate(from: middle, to: pair.quote)
      {
        return first.multiplied(by: second).map { .known($0) } ?? .missing(.excess)
      }
    }
    return .missing(.legs(pair))
  }
}

extension SeriesView {
  /// The rate between two currencies of one publication, as printed or turned round.
  fileprivate func rate(from base: Currency, to quote: Currency) -> RateRange? {
    if let printed = rate(of: CurrencyPair(base: base, quote: quote)) { return printed }
    guard let inverse = rate(of: CurrencyPair(base: quote, quote: base)) else { return nil }
    return RateRange(exactly: .one).divided(by: inverse)
  }
}
