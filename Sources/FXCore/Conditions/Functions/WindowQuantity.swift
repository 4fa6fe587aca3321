/// A figure computed over a window.
struct WindowQuantity: SeriesQuantity {
  /// Which figure.
  enum Statistic: Sendable {
    /// The average, every rate weighing as long as it was in force.
    case average
    /// The deviation from that average.
    case deviation
    /// How many deviations the current rate is from that average.
    case score
  }

  let statistic: Statistic
  let window: Window

  /// The meaning of a function that takes one window.
  static func meaning(
    of call: FunctionCall, _ statistic: Statistic, as type: ValueType, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let window = try call.window(&checker)
    let keeping: SeriesHistory.HistoryIndexes =
      switch (statistic, window.axis) {
      case (.average, .time): .timeAverages
      case (.average, .publications): .publicationAverages
      case (_, .time): .timeSums
      case (_, .publications): .publicationSums
      }
    return Expression(
      .leaf(WindowQuantity(statistic: statistic, window: window)), type,
      Requirements(kind: .state, reach: window.reach, keeping: keeping))
  }

  @_specialize(where View == JudgedSeries)
  func value<View: SeriesView>(on view: View, at moment: Moment) -> Figure {
    let (start, end) = view.bounds(of: window, now: moment.now)
    let axis = window.axis
    guard start < end else { return .missing(.earlier(window)) }
    guard let moments = view.moments(from: start, to: end, along: axis) else {
      let isKnown =
        axis.position(of: view.current) <= start || view.history.reaches(start, along: axis)
      return .missing(isKnown ? .excess : .earlier(window))
    }
    let half = view.coarsestTick.half
    let figure =
      switch statistic {
      case .average: moments.average(within: half)
      case .deviation: moments.deviation(within: half)
      case .score: moments.score(of: view.range(of: view.current), within: half)
      }
    if let figure { return .known(figure) }
    if let deviation = moments.deviation, deviation.high.isZero { return .missing(.sameness) }
    return .missing(.excess)
  }
}

extension WindowQuantity {
  @_specialize(where View == JudgedSeries)
  func roughly<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    let (start, end) = view.bounds(of: window, now: moment.now)
    guard start < end, let moments = view.moments(from: start, to: end, along: window.axis),
      let rough = WindowBounds(moments, coarsestTick: view.coarsestTick)
    else { return nil }
    return switch statistic {
    case .average: rough.mean
    case .deviation: rough.deviation
    case .score: rough.score
    }
  }
}

extension WindowMoments {
  /// The average of true rates that lie within `half` of the printed ones.
  fileprivate func average(within half: Fraction) -> RateRange? {
    guard let mean, let ends = mean.ends(within: half) else { return nil }
    return RateRange(printed: mean, low: ends.low, high: ends.high, isFact: false)
  }

  /// The deviation of true rates that lie within `half` of the printed ones.
  ///
  /// A deviation is a seminorm: that of a sum is at most the sum of the deviations, and errors of at
  /// most `half` deviate by at most `half`.
  fileprivate func deviation(within half: Fraction) -> RateRange? {
    guard let (floor, ceiling) = deviation, let low = floor.subtracting(half, rounding: .down),
      let high = ceiling.adding(half, rounding: .up)
    else { return nil }
    return RateRange(printed: floor, low: max(low, .zero), high: high, isFact: false)
  }

  /// How many deviations a rate is from the average; nil also where the printed rates do not deviate.
  ///
  /// Where the true rates may all be the same, the score has no bound away from zero.
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
