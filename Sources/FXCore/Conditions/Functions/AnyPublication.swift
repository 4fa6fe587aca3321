/// The publication of a rate: true whenever an event is evaluated.
struct AnyPublication: PredicateLeaf {
  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult { .known(Truth(true)) }
}
