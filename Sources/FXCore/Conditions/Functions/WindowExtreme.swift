/// The lowest or highest printed rate that was valid in a window.
struct WindowExtreme: PrintedLeaf {
  let window: Window

  /// True for a window without the current rate.
  var isBefore = false

  let isLowest: Bool

  /// Checks a call with one window.
  static func expression(
    of call: FunctionCall, isLowest: Bool, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (window, isBefore) = try call.windowOrBefore(&checker)
    return Expression(
      .printed(WindowExtreme(window: window, isBefore: isBefore, isLowest: isLowest)), .rate,
      Requirements(
        kind: .state, reach: isBefore ? window.reachBefore : window.reach,
        keeping: isLowest ? .lows : .highs))
  }

  /// The true extreme lies within half the coarsest tick of the printed one.
  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    guard let rate = rate(on: view, at: moment) else { return .missing(.earlier(window)) }
    return .known(RateRange(rate: rate.perUnit, tick: view.coarsestTick))
  }

  func rate(on view: some SeriesView, at moment: Moment) -> Rate? {
    let (start, end) = view.positions(of: window, now: moment.now)
    let (rate, axis) = (view.current.rate, window.axis)
    if isBefore {
      let start = axis == .publications ? start - 1 : start
      return start < self.end(on: view, end)
        ? view.extreme(from: start, along: axis, isLowest: isLowest) : nil
    }
    guard start < end else { return nil }
    guard axis.position(of: view.current) > start else { return rate }
    guard let earlier = view.extreme(from: start, along: axis, isLowest: isLowest) else {
      return nil
    }
    let isBeyond = isLowest ? earlier.isBelow(rate) : rate.isBelow(earlier)
    return isBeyond ? earlier : rate
  }

  /// Returns the end of a window without the current rate: by time the instant from which on it was
  /// current.
  private func end(on view: some SeriesView, _ end: Int64) -> Int64 {
    guard window.axis == .time else { return end }
    let isRepeated = view.publication > view.current.publication
    return min(end, (isRepeated ? view.lastPublished : view.current.firstSeen).milliseconds)
  }
}
