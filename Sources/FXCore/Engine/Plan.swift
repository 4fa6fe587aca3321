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

  /// The part of the history that the rules look back on.
  package var reach: StoredReach { StoredReach(of: rules, on: sources) }
}

extension StoredReach {
  /// The part of the history of sources that rules look back on.
  package init(of rules: [Rule], on sources: [PlannedSource]) {
    self.init(
      rules.reduce(.none) { $0.joined(with: $1.reach) },
      fixings: Set(sources.filter { $0.dating == .fixing }.map(\.name)))
  }
}
