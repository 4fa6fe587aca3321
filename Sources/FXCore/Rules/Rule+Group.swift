/// Rules with one alert for all pairs of a source.
extension Rule {
  /// Returns true if the rule can have an alert on a series, or on the group of a source.
  func canAlert(on series: Series) -> Bool {
    guard group != nil else { return !series.isGroup && watches(series) }
    return series.isGroup && sources?.contains(series.source) ?? true
  }

  /// The pairs that the rule names one by one; nil where it has a pattern, or applies to all pairs.
  package var namedPairs: Set<CurrencyPair>? {
    guard !pairs.isEmpty else { return nil }
    var named: Set<CurrencyPair> = []
    for pattern in pairs {
      guard case .only(let base) = pattern.base, case .only(let quote) = pattern.quote else {
        return nil
      }
      named.insert(CurrencyPair(base: base, quote: quote))
    }
    return named
  }

  /// Reads `at_least` and `all`; nil where neither is set.
  static func group(in section: SettingsSection) -> GroupSize? {
    let count = section.value(
      "at_least", expected: "a number of pairs from 1 to 1000, such as 3"
    ) { text in Int(text).flatMap { (1...1000).contains($0) ? $0 : nil } }
    let isAll = section.flag("all") ?? false
    if isAll, count != nil {
      section.problem(
        "all", "'all' and 'at_least' exclude each other; remove one of them")
    }
    return isAll ? .all : count.map { .atLeast($0) }
  }

  /// Reports settings that do not fit a rule with one alert for all pairs, or require one.
  func reportGroupConflicts(in section: SettingsSection) {
    guard let group else {
      if summary?.fields.contains(where: \.isOfGroup) == true {
        section.problem(
          "summary",
          "{count} and {members} are of rules with 'at_least' or 'all', which have one alert for all"
            + " pairs; remove them, or use {pair}")
      }
      return
    }
    if isArmed {
      section.problem(
        "when",
        "windows since armed or since fired begin with the alert of one pair, and a rule with"
          + " 'at_least' or 'all' has one alert for all pairs; use a window such as 30d")
    }
    if case .atLeast(let count) = group, let named = namedPairs, named.count < count {
      section.problem(
        "at_least",
        "'at_least' is \(count), but 'pairs' has only \(named.count); name more pairs, or use a"
          + " smaller number")
    }
  }
}
