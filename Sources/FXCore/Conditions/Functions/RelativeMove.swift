/// A move as a fraction of the earlier rate.
struct RelativeMove: NumericLeaf {
  let reference: Reference

  var moveKind: MoveKind? { .relative }

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    guard let earlier = reference.point(on: view, at: moment.now) else {
      return .missing(reference.absence)
    }
    let current = view.current
    let old = view.range(of: earlier)
    if let move = view.range(of: current).relativeMove(from: old) { return .known(move) }
    return .missing(old.low > .zero ? .excess : .zeroBefore)
  }
}
