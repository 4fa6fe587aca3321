/// A statistic of the rates in a window.
struct WindowStatistic: NumericLeaf {
  /// The statistic.
  enum Kind: Sendable {
    /// The average, each rate weighted by the time it was valid.
    case average
    /// The standard deviation from that average.
    case deviation
    /// The distance of the current rate from the average, in deviations.
    case score
  }

  let kind: Kind
  let window: Window

  /// True for a window without the current rate.
  var isBefore = false

  /// Checks a call with one window.
  static func expression(
    of call: FunctionCall, _ kind: Kind, as type: ValueType, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let (window, isBefore) = try call.windowOrBefore(&checker)
    let keeping: SeriesHistory.HistoryIndexes =
      switch (kind, window.axis) {
      case (.average, .time): .timeAverages
      case (.average, .publications): .publicationAverages
      case (_, .time): .timeSums
      case (_, .publications): .publicationSums
      }
    return Expression(
      .leaf(WindowStatistic(kind: kind, window: window, isBefore: isBefore)), type,
      Requirements(
        kind: .state, reach: isBefore ? window.reachBefore : window.reach, keeping: keeping))
  }

  /// Returns start and end of the window along its axis.
  func positions(on view: some SeriesView, at moment: Moment) -> (start: Int64, end: Int64) {
    let (start, end) = view.positions(of: window, now: moment.now)
    guard isBefore else { return (start, end) }
    switch window.axis {
    case .publications: return (start - 1, end - 1)
    case .time:
      let isRepeated = view.publication > view.current.publication
      return (start, isRepeated ? end : min(end, Axis.time.position(of: view.current)))
    }
  }

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    let (start, end) = positions(on: view, at: moment)
    let axis = window.axis
    guard start < end else { return .missing(.earlier(window)) }
    guard let moments = view.moments(from: start, to: end, along: axis) else {
      let isKnown =
        axis.position(of: view.current) <= start || view.history.reaches(start, along: axis)
      return .missing(isKnown ? .excess : .earlier(window))
    }
    let half = view.coarsestTick.half
    let result =
      switch kind {
      case .average: moments.average(within: half)
      case .deviation: moments.deviation(within: half)
      case .score: moments.score(of: view.range(of: view.current), within: half)
      }
    if let result { return .known(result) }
    if let deviation = moments.deviation, deviation.high.isZero { return .missing(.sameness) }
    return .missing(.excess)
  }
}

extension WindowMoments {
  /// Returns the average of true rates that differ by at most `half` from the printed ones.
  fileprivate func average(within half: Fraction) -> RateRange? {
    guard let mean, let ends = mean.ends(within: half) else { return nil }
    return RateRange(printed: mean, low: ends.low, high: ends.high, isFact: false)
  }

  /// Returns the deviation of true rates that differ by at most `half` from the printed ones.
  ///
  /// The deviation is a seminorm: that of a sum is at most the sum of the deviations, and the deviation
  /// of errors of at most `half` is at most `half`.
  fileprivate func deviation(within half: Fraction) -> RateRange? {
    guard let (floor, ceiling) = deviation, let low = floor.subtracting(half, rounding: .down),
      let high = ceiling.adding(half, rounding: .up)
    else { return nil }
    return RateRange(printed: floor, low: max(low, .zero), high: high, isFact: false)
  }

  /// Returns the distance of a rate from the average, in deviations; nil also if the printed rates are
  /// all equal.
  ///
  /// If the true rates may all be equal, the score is unbounded.
  fileprivate func score(of rate: RateRange, within half: Fraction) -> RateRange? {
    guard let average = average(within: half), let deviation = deviation(within: half),
      let distance = rate.subtracting(average), !deviation.printed.isZero,
      let printed = distance.printed.divided(by: deviation.printed, rounding: .toNearest)
    else { return nil }
    if deviation.low > .zero {
      guard let score = distance.divided(by: deviation) else { return nil }
      return RateRange(
        printed: min(max(printed, score.low), score.high), low: score.low, high: score.high,
        isFact: false)
    }
    guard let low = distance.low.divided(by: deviation.high, rounding: .down),
      let high = distance.high.divided(by: deviation.high, rounding: .up)
    else { return nil }
    return RateRange(
      printed: printed, low: distance.low > .zero ? min(low, printed) : -.greatest,
      high: distance.high < .zero ? max(high, printed) : .greatest, isFact: false)
  }
}
