package import FXCore

/// The alerts that `fxwatch alerts` lists.
package struct AlertSelection: Sendable {
  /// The only rule; nil for all.
  package var rule: String?

  /// The only source; nil for all.
  package var source: String?

  /// The pairs; empty for all.
  package var pairs: [PairPattern] = []

  /// The first instant at which they fired, were resolved or became pending; nil for no limit.
  package var since: Timestamp?

  /// The most alerts to list: those that fired last; nil for all.
  package var last: Int?

  /// All alerts.
  package init() {}

  /// Returns those of all alerts, in the order of their firing, that are selected.
  func selected(_ records: [AlertRecord]) -> [AlertRecord] {
    let selected = records.filter { contains($0.key, since: $0.resolvedAt ?? $0.firedAt) }
    return last.map { Array(selected.suffix($0)) } ?? selected
  }

  /// Returns those of the alerts that are pending or fire that are selected.
  func selected(_ alerts: [ActiveAlert]) -> [ActiveAlert] {
    let selected = alerts.filter { contains($0.key, since: $0.state.phase.since) }
    guard let last else { return selected }
    let times = selected.map { ($0, $0.state.phase.since?.milliseconds ?? .min) }
    return times.sorted { $0.1 < $1.1 }.suffix(last).map(\.0)
  }

  /// True for an alert of this key whose state is as it is since an instant; nil if it has none.
  private func contains(_ key: AlertKey, since start: Timestamp?) -> Bool {
    (rule == nil || rule == key.rule) && (source == nil || source == key.series.source.text)
      && (pairs.isEmpty || pairs.contains { $0.matches(key.series.pair) })
      && (since.map { first in start.map { first <= $0 } ?? false } ?? true)
  }
}

extension AlertState.Phase {
  /// The instant since which an alert is pending or fires; nil if it does neither.
  fileprivate var since: Timestamp? {
    switch self {
    case .pending(_, let since), .firing(_, let since): since
    case .inactive, .retired: nil
    }
  }
}
