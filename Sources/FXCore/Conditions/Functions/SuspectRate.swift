/// The publication of a rate that a guard rejected.
struct SuspectRate: PredicateLeaf {
  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    .known(Truth(view.isSuspect))
  }
}
