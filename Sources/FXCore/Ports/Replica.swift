/// One of several daemons that share a store, of which one is active: it polls, decides and delivers.
///
/// The others are standbys: they do nothing but wait until the active one gives up or is gone.
package protocol Replica: Sendable {
  /// Takes part from now on with a config, which the others see.
  ///
  /// Throws a permanent problem if the store cannot be used. Returns although the store is away, which
  /// is in the status then.
  func join(config digest: String) async throws(StoreProblem)

  /// Proposes a config that this replica has read: it is the newest from now on.
  func propose(config digest: String) async

  /// Returns the store once this replica is active; nil once it leaves.
  ///
  /// `onLoss` is called if another replica becomes active, or the store has lost its latest commits: the
  /// state in memory is worth nothing then. `onCommand` is called within about a second after a command has
  /// changed silences or deliveries, on any machine. Throws a permanent problem of the store.
  func activate(
    onLoss: @escaping @Sendable () -> Void, onCommand: @escaping @Sendable () -> Void
  ) async throws(StoreProblem) -> (any EngineStore)?

  /// Gives up being active, and goes on as a standby: another replica follows at once, or this one at its
  /// next `activate`.
  func resign() async

  /// Gives up being active, if it is, and takes part no longer: another replica follows at once.
  func leave() async

  /// Returns the replicas as they are known; takes no time.
  func status() async -> ReplicaStatus
}
