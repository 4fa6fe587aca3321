/// The number of missing publications.
struct MissedPublications: NumericLeaf {
  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    guard let count = view.missedPublications(at: moment.now) else {
      return .missing(.input("the source has no calendar"))
    }
    return .known(RateRange(exactly: Fraction(Int64(count))))
  }
}
