/// The publication of another rate for a known value date.
struct Revision: PredicateLeaf {
  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult {
    .known(Truth(view.isRevision))
  }
}
