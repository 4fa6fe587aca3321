/// The content of a config that the engine needs, read and checked.
///
/// Replaced as a whole by a reload.
package struct Plan: Hashable, Sendable {
  /// In the order of the config.
  package let sources: [PlannedSource]

  /// In the order of the config.
  package let rules: [Rule]

  /// In the order of the config.
  package let notifiers: [PlannedNotifier]

  /// The quiet hours of notifiers.
  package let quiet: [QuietHours]

  /// A plan.
  package init(
    sources: [PlannedSource], rules: [Rule], notifiers: [PlannedNotifier], quiet: [QuietHours] = []
  ) {
    self.sources = sources
    self.rules = rules
    self.notifiers = notifiers
    self.quiet = quiet
  }

  /// The length of history that the rules look back on.
  package var reach: Lookback { rules.reduce(.none) { $0.joined(with: $1.reach) } }
}
