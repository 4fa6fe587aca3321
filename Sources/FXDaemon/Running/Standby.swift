import FXConfig
import FXCore
import FXSystem

/// The part of a daemon among several that share a store.
struct Standby {
  let replica: any Replica

  /// The config that was read last.
  var setup: Setup

  /// The task that waits to become active, time and again.
  var task: Task<Void, Never>?

  /// The task to resume once this replica is active no longer.
  var loss: CheckedContinuation<Void, Never>?

  /// The line for `systemctl status` while it is a standby.
  func summary(_ status: ReplicaStatus) -> String {
    if let problem = status.problem { return "standby; \(problem.message)" }
    let active = status.present.first(where: \.isActive).map { "\($0.name) is active" }
    return "standby: \(active ?? "no replica is active"); \(setup.inventory) from \(setup.file)"
  }
}
