package import FXCore

/// The options of `fxwatch log`.
package struct LogOptions: Sendable {
  /// The only rule; nil for all.
  package var rule: String?

  /// The only source; nil for all.
  package var source: String?

  /// The pairs; empty for all.
  package var pairs: [PairPattern] = []

  /// The only alert: its identifier, that of an event about it, or a beginning of either.
  package var alert: String?

  /// The time of the first event; nil for no limit.
  package var since: Timestamp?

  /// The most events to list: the newest ones.
  package var last = 50

  /// All events, the newest 50.
  package init() {}

  /// Returns true for an event, or an alert, with these properties.
  func matches(rule: String?, source: String?, pair: CurrencyPair?) -> Bool {
    (self.rule == nil || self.rule == rule) && (self.source == nil || self.source == source)
      && (pairs.isEmpty || pair.map { pair in pairs.contains { $0.matches(pair) } } ?? false)
  }
}
