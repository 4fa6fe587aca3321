/// A rate computed from one or two pairs of one publication, in either direction.
///
/// If several currencies can connect the two, one of the pair of the series is used, otherwise the first
/// in alphabetical order.
struct CrossRate: NumericLeaf {
  let pair: CurrencyPair

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    if let direct = view.rate(from: pair.base, to: pair.quote) { return .known(direct) }
    let connecting = view.siblings.compactMap { sibling in
      sibling.base == pair.base ? sibling.quote : sibling.quote == pair.base ? sibling.base : nil
    }.sorted()
    let preferred = connecting.filter { $0 == view.pair.base || $0 == view.pair.quote }
    for middle in preferred + connecting {
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
  /// Returns the rate between two currencies of one publication, as printed or inverted.
  fileprivate func rate(from base: Currency, to quote: Currency) -> RateRange? {
    if let printed = rate(of: CurrencyPair(base: base, quote: quote)) { return printed }
    guard let inverse = rate(of: CurrencyPair(base: quote, quote: base)) else { return nil }
    return RateRange(exactly: .one).divided(by: inverse)
  }
}
