import Synchronization

/// The latest history that this process has seen, of several hosts of one database.
///
/// A primary that was replaced and returns takes writes as before; what it is given would be lost.
package final class LatestHistory: Sendable {
  private let latest = Mutex<ServerHistory?>(nil)

  /// Nothing seen so far.
  package init() {}

  /// Returns false for a server that another one has replaced; takes note of any other.
  package func accepts(_ history: ServerHistory) -> Bool {
    latest.withLock { latest in
      if let known = latest, history.isBefore(known) { return false }
      latest = history
      return true
    }
  }
}
