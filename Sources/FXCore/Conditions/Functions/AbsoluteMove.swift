/// A move as a difference of the rates of one unit.
struct AbsoluteMove: NumericLeaf {
  let reference: Reference

  var moveKind: MoveKind? { .absolute }

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    guard let earlier = reference.point(on: view, at: moment.now) else {
      return .missing(reference.absence)
    }
    let current = view.current
    let move = view.range(of: current).subtracting(view.range(of: earlier))
    return move.map { .known($0) } ?? .missing(.excess)
  }
}
