/// The properties of an alert that silences match.
package struct SilenceTarget: Hashable, Sendable {
  package let key: AlertKey
  package let severity: Severity
  package let labels: [Rule.Label]

  /// An alert with a severity and the labels of its rule.
  package init(_ key: AlertKey, severity: Severity, labels: [Rule.Label] = []) {
    self.key = key
    self.severity = severity
    self.labels = labels
  }

  /// The alert of a rule on a series.
  package init(_ rule: Rule, on series: Series) {
    self.init(
      AlertKey(rule: rule.name, series: series), severity: rule.severity, labels: rule.labels)
  }

  /// The alert with a key that a notification's data is about.
  package init(_ key: AlertKey, severity: Severity, data: JSONValue) {
    var labels: [Rule.Label] = []
    if case .object(let members)? = data["labels"] {
      labels = members.compactMap { member in
        member.value.text.map { Rule.Label(member.name, $0) }
      }
    }
    self.init(key, severity: severity, labels: labels)
  }
}
