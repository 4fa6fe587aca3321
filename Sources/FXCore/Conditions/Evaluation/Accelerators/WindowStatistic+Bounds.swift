extension WindowStatistic {
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? {
    let (start, end) = positions(on: view, at: moment)
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
