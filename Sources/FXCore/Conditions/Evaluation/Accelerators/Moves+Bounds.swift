extension RelativeMove {
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? {
    guard let (old, new) = reference.bounds(on: view, at: moment) else { return nil }
    return new.relativeMove(from: old)
  }
}

extension AbsoluteMove {
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds? {
    guard let (old, new) = reference.bounds(on: view, at: moment) else { return nil }
    return new.distance(from: old)
  }
}

extension Reference {
  /// Returns bounds of the earlier and the current rate; nil if there are none.
  @inline(__always)
  fileprivate func bounds(
    on view: some SeriesView, at moment: Moment
  ) -> (old: Bounds, new: Bounds)? {
    guard let earlier = point(on: view, at: moment.now),
      let old = Bounds(earlier.rate, scale: view.scale(of: earlier.rate.nominal)),
      let new = Bounds(view.current.rate, scale: view.scale)
    else { return nil }
    return (old, new)
  }
}
