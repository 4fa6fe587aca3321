/// The printed rate of a reference.
struct EarlierRate: PrintedLeaf {
  let reference: Reference

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    guard let point = reference.point(on: view, at: moment.now) else {
      return .missing(reference.absence)
    }
    return .known(view.range(of: point))
  }
  func rate(on view: some SeriesView, at moment: Moment) -> Rate? {
    reference.point(on: view, at: moment.now)?.rate
  }
}
