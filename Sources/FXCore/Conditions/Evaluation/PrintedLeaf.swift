/// A numeric leaf whose value is a printed rate, which is compared as a fact.
protocol PrintedLeaf: NumericLeaf {
  /// Returns the printed rate; nil if the value is missing.
  func rate(on view: some SeriesView, at moment: Moment) -> Rate?

  /// `rate`, compiled for one type of view; see Accelerators/Specialization.swift.
  func specializedRate<View: SeriesView>(on view: View, at moment: Moment) -> Rate?
}
