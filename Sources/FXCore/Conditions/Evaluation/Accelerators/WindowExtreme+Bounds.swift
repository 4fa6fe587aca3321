extension WindowExtreme {
  /// Returns a bound on one side: the extreme is at least as low or high as the rate before the current
  /// one.
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? {
    let (start, end) = view.positions(of: window, now: moment.now)
    let current = view.current
    let finest = max(view.scale, current.rate.printed.scale)
    guard !isBefore, start < end, window.axis.position(of: current) > start,
      let newest = view.newestOfExtremes(from: start, along: window.axis, isLowest: isLowest),
      // All rates in the window have the same tick.
      view.history.has(onlyNominal: current.rate.nominal),
      newest.printed.scale <= finest, let range = Bounds(newest, scale: finest)
    else { return nil }
    return isLowest
      ? Bounds(low: .belowAllRates, high: range.high)
      : Bounds(low: range.low, high: .aboveAllRates)
  }
}
