// Specialization: leaves are called through existentials, so the compiler cannot see the type of the
// view and compiles one generic function for all. A `specialized…` function does the same as the function
// without the prefix, and is the entry point to which `@_specialize` can be applied: next to the engine's
// view (Series/EvaluatedSeries+Specializations.swift), the leaves that rules use most are compiled
// for that view. All other leaves and views use these defaults, with the same results.

extension NumericLeaf {
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult {
    value(on: view, at: moment)
  }

  func specializedBounds<View: SeriesView>(on view: View, at moment: Moment) -> Bounds? {
    bounds(on: view, at: moment)
  }
}

extension PrintedLeaf {
  func specializedRate<View: SeriesView>(on view: View, at moment: Moment) -> Rate? {
    rate(on: view, at: moment)
  }
}

extension PredicateLeaf {
  func specializedTruth<View: SeriesView>(on view: View, at moment: Moment) -> TruthResult {
    shortcut(on: view, at: moment) ?? truth(on: view, at: moment)
  }
}
