/// Identifies an alert: one rule on one series.
package struct AlertKey: Hashable, Comparable, Sendable {
  /// The rule's name in the config.
  package let rule: String

  /// The series that the rule watches.
  package let series: Series

  /// The alert of a rule on a series.
  package init(rule: String, series: Series) {
    self.rule = rule
    self.series = series
  }

  /// The pair that the alert is about; nil if there are several.
  package var pair: CurrencyPair? { series.isGroup ? nil : series.pair }

  /// The key in whose order notifications about the alert are delivered.
  package var orderingKey: String {
    series.isGroup ? "\(series.source) \(rule)" : series.description
  }

  /// Hashes rule and pair only, which nearly always distinguish keys.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(rule)
    hasher.combine(series.pair)
  }

  package static func < (left: AlertKey, right: AlertKey) -> Bool {
    (left.rule, left.series) < (right.rule, right.series)
  }
}
