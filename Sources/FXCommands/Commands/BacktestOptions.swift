package import FXCore

/// The options of a back-test.
package struct BacktestOptions: Sendable {
  /// The names of the rules to test; empty for all of the config.
  package var rules: [String] = []

  /// The name of the only source to read; nil for all of the config.
  package var source: String?

  /// The period that is counted, by the days on which rates became known; open where nil.
  package var since: CalendarDay?
  package var until: CalendarDay?

  /// True for fixings as corrected later, false for fixings as known at the time.
  package var asFinal = false

  /// True if the series on which a rule fired are drawn.
  package var drawsCharts = false

  /// All rules over all history.
  package init() {}
}
