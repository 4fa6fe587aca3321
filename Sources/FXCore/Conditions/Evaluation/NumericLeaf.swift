/// A part of a condition that computes a number from a series: the type that a numeric condition
/// function adds to the language.
///
/// A new leaf implements `value` and nothing else. The other requirements have defaults.
protocol NumericLeaf: Sendable {
  /// Returns the value at a moment: the definition. Allocates nothing, as it is called for every
  /// evaluation.
  func value(on view: some SeriesView, at moment: Moment) -> NumericResult

  /// The kind of move that the leaf measures, which `ConditionLint` compares with the tick; nil for all
  /// other leaves.
  var moveKind: MoveKind? { get }

  // MARK: Accelerators

  /// Returns bounds of the value, computed with little work; nil if `value` must be computed, and always if
  /// the value is missing.
  func bounds(on view: some SeriesView, at moment: Moment) -> Bounds?

  /// `value`, compiled for one type of view; see Accelerators/Specialization.swift.
  func specializedValue<View: SeriesView>(on view: View, at moment: Moment) -> NumericResult

  /// `bounds`, compiled for one type of view.
  func specializedBounds<View: SeriesView>(on view: View, at moment: Moment) -> Bounds?
}

extension NumericLeaf {
  var moveKind: MoveKind? { nil }
}
