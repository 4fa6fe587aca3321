/// The reason why an alert ended, as `alert.resolved` reports it.
package enum AlertEnd: String, Hashable, Sendable, CaseIterable {
  /// Its condition no longer holds, or its `release` holds.
  case condition
  /// The config no longer has its rule.
  case ruleRemoved = "rule_removed"
  /// Its rule was changed, and does not hold any more.
  case ruleChanged = "rule_changed"
  /// Its rule no longer watches its pair.
  case pairRemoved = "pair_removed"
  /// The config no longer has its source.
  case sourceRemoved = "source_removed"
  /// A notifier no longer receives the alerts of its rule; the alert goes on for others.
  case notifierChanged = "notifier_changed"
  /// Its rule expired.
  case expired

  /// The reason in summaries, as a clause; nil for the usual one.
  package var clause: String? {
    switch self {
    case .condition: nil
    case .ruleRemoved: "the rule was removed"
    case .ruleChanged: "the rule was changed"
    case .pairRemoved: "the rule no longer watches the pair"
    case .sourceRemoved: "the source was removed"
    case .notifierChanged: "alerts of the rule are no longer sent here"
    case .expired: "the rule expired"
    }
  }
}
