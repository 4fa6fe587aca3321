/// The first publication of the source in a period.
struct FirstOfPeriod: PredicateLeaf {
  let period: CalendarPeriod

  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    guard let earlier = view.previousPublished else { return .missing(.previous) }
    return .known(Truth(period.start(at: earlier) < period.start(at: moment.now)))
  }
}
