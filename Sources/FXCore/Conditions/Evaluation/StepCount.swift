/// A number of steps, as a rate.
struct StepCount: NumericLeaf {
  let step: RateStep
  let count: Fraction

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    let size =
      switch step {
      case .pip: Self.pip(of: view.pair)
      case .tick: view.current.rate.tick(scale: max(view.scale, view.current.rate.printed.scale))
      }
    guard let value = size.multiplied(by: count, rounding: .toNearest) else {
      return .missing(.excess)
    }
    return .known(RateRange(exactly: value))
  }

  private static let yen = Currency("JPY")

  private static func pip(of pair: CurrencyPair) -> Fraction {
    Fraction(numerator: 1, denominator: pair.quote == yen ? 100 : 10_000)
  }
}
