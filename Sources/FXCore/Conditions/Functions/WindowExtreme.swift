/// The lowest or highest printed rate that was in force in a window.
struct WindowExtreme: PrintedQuantity {
  let window: Window
  let isLowest: Bool

  /// The meaning of a function that takes one window.
  static func meaning(
    of call: FunctionCall, isLowest: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let window = try call.window(&checker)
    return Expression(
      .printed(WindowExtreme(window: window, isLowest: isLowest)), .rate,
      Requirements(kind: .state, reach: window.reach, keeping: isLowest ? .lows : .highs))
  }

  /// The true extreme lies within half the coarsest tick of the printed one.
  @_specialize(where View == JudgedSeries)
  func value<View: SeriesView>(on view: View, at moment: Moment) -> Figure {
    guard let rate = rate(on: view, at: moment) else { return .missing(.earlier(window)) }
    return .known(RateRange(rate: rate.perUnit, tick: view.coarsestTick))
  }

  /// Bounded on one side: the extreme is at least as low or high as the figure before the current one.
  @_specialize(where View == JudgedSeries)
  func roughly<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    let (start, end) = view.bounds(of: window, now: moment.now)
    let current = view.current
    let finest = max(view.scale, current.rate.printed.scale)
    guard start < end, window.axis.position(of: current) > start,
      let newest = view.newestOfExtremes(from: start, along: window.axis, isLowest: isLowest),
      // No tick is coarser than its own.
      newest.nominal <= min(view.history.smallestNominal, current.rate.nominal),
      newest.printed.scale <= finest, let range = Bounds(newest, scale: finest)
    else { return nil }
    return isLowest
      ? Bounds(low: .belowAllRates, high: range.high)
      : Bounds(low: range.low, high: .aboveAllRates)
  }

  @_specialize(where View == JudgedSeries)
  func rate<View: SeriesView>(on view: View, at moment: Moment) -> Rate? {
    let (start, end) = view.bounds(of: window, now: moment.now)
    let (rate, axis) = (view.current.rate, window.axis)
    guard start < end else { return nil }
    guard axis.position(of: view.current) > start else { return rate }
    guard let earlier = view.extreme(from: start, along: axis, isLowest: isLowest) else {
      return nil
    }
    let isBeyond = isLowest ? earlier.isBelow(rate) : rate.isBelow(earlier)
    return isBeyond ? earlier : rate
  }
}
