/// The result of an import.
package struct ImportOutcome: Hashable, Sendable {
  /// The days that were stored, oldest first.
  package var added: [CalendarDay] = []

  /// The number of rates stored for them.
  package var rates = 0

  /// The number of days that were stored before and are unchanged.
  package var known = 0

  /// The days that were not stored because they follow the oldest stored one, oldest first.
  ///
  /// Alerts were decided on what was fetched since then, and their basis must not change.
  package var leftOut: [CalendarDay] = []

  /// Creates the result of an import that stored nothing.
  package init() {}
}
