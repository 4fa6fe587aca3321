/// A part of a condition that is true or false by itself, such as a crossing: the type that a condition
/// function without a number adds to the language.
///
/// A new leaf implements `truth` and nothing else. The other requirements have defaults.
protocol PredicateLeaf: Sendable {
  /// Returns the truth at a moment: the definition. Allocates nothing, as it is called for every
  /// evaluation.
  func truth(on view: some SeriesView, at moment: Moment) -> TruthResult

  // MARK: Accelerators

  /// Returns `truth` if it can be found with little work; nil if `truth` must be computed.
  func shortcut(on view: some SeriesView, at moment: Moment) -> TruthResult?

  /// `shortcut`, or else `truth`, compiled for one type of view; see Accelerators/Specialization.swift.
  func specializedTruth<View: SeriesView>(on view: View, at moment: Moment) -> TruthResult

  /// The rates to which the truth refers, if it depends only on which side of each the current and the
  /// previous rate are; nil for all other leaves. See Accelerators/Predicate+Levels.swift.
  var levels: [Fraction]? { get }
}
