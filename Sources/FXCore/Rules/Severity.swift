/// The importance of an alert, in ascending order.
package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  case info
  case notice
  case warning
  case critical

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  /// The place in the order of severities, from 0.
  var rank: Int {
    switch self {
    case .info: 0
    case .notice: 1
    case .warning: 2
    case .critical: 3
    }
  }
}
