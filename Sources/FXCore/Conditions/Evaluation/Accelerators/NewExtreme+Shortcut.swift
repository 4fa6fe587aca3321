extension NewExtreme {
  /// Returns false if the rate is not beyond the one before it, which is the usual case and needs no
  /// search.
  func shortcut(on view: some SeriesView, at moment: Moment) -> TruthResult? {
    let (start, end) = view.positions(of: window, now: moment.now)
    guard start < end,
      let newest = view.newestOfExtremes(from: start, along: window.axis, isLowest: isLow),
      !isBeyond(newest, view.current.rate)
    else { return nil }
    return .known(.no)
  }
}
