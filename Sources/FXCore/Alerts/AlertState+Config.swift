extension AlertState {
  /// Returns the reason for which a config may end the alert, or its notifications to a notifier; nil where
  /// it goes on as it was.
  ///
  /// `rule` is the one of its name, and `notifiers` are all that the config has.
  func end(
    of series: Series, under rule: Rule?, isSourceKnown: Bool, notifiers: [String]
  ) -> AlertEnd? {
    guard let rule else { return .ruleRemoved }
    guard isSourceKnown, rule.sources?.contains(series.source) ?? true else {
      return .sourceRemoved
    }
    if series.isGroup != (rule.group != nil) { return .ruleChanged }
    if !rule.canAlert(on: series) { return .pairRemoved }
    if rule.fingerprint != ruleFingerprint { return .ruleChanged }
    return lostRecipients(under: rule, notifiers).isEmpty ? nil : .notifierChanged
  }

  /// Returns the notifiers that got the firing, and to which the rule no longer sends.
  func lostRecipients(under rule: Rule, _ notifiers: [String]) -> [String] {
    guard let recipients, progress.firing != nil, progress.lastNotified != nil else { return [] }
    let current = rule.recipients(among: notifiers)
    return recipients.filter { !current.contains($0) && notifiers.contains($0) }
  }
}

extension Rule {
  /// Returns the notifiers to which it sends, of all that the config has.
  func recipients(among notifiers: [String]) -> [String] { notify ?? notifiers }
}
