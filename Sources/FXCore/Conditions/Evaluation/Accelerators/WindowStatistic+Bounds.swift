extension WindowStatistic {
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? {
    let (start, end) = view.positions(of: window, now: moment.now)
    guard start < end, let moments = view.moments(from: start, to: end, along: window.axis),
      let bounds = WindowBounds(moments, coarsestTick: view.coarsestTick)
    else { return nil }
    return switch kind {
    case .average: bounds.mean
    case .deviation: bounds.deviation
    case .score: bounds.score
    }
  }
}
