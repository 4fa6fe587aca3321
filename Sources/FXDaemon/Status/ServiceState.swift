/// The overall state of the daemon, as monitoring systems grade it.
package enum ServiceState: String, Hashable, Comparable, Sendable, CaseIterable {
  case ok
  case warning
  case critical

  /// The exit status of `fxwatch status`: 0, 1 or 2, as monitoring plugins use them.
  package var exitStatus: Int32 {
    switch self {
    case .ok: 0
    case .warning: 1
    case .critical: 2
    }
  }

  package static func < (left: ServiceState, right: ServiceState) -> Bool {
    left.exitStatus < right.exitStatus
  }
}
