import Synchronization

/// Writes journal entries in the order they were added, without blocking the caller.
///
/// sd_journal_send(3) blocks while journald is stalled, so entries are sent on a separate lane.
/// Thread-safe.
package final class JournalQueue: Sendable {
  /// The most waiting entries: an hour of a busy daemon, a few hundred kilobytes.
  package static let maximumWaiting = 1000

  private struct State {
    var waiting = 0
    var lost = 0
  }

  private let lane = Lane(label: "journal")
  private let state = Mutex(State())
  private let send: @Sendable ([JournalField]) -> Void

  /// Creates a queue that passes entries to `send`, one at a time.
  package init(send: @escaping @Sendable ([JournalField]) -> Void) {
    self.send = send
  }

  /// Adds an entry, or drops it if `maximumWaiting` entries are waiting.
  ///
  /// Returns the number of entries dropped since the last one that was added, so that the caller can
  /// log it.
  @discardableResult
  package func add(_ fields: [JournalField]) -> Int {
    let lost = state.withLock { state -> Int? in
      guard state.waiting < Self.maximumWaiting else {
        state.lost += 1
        return nil
      }
      state.waiting += 1
      defer { state.lost = 0 }
      return state.lost
    }
    guard let lost else { return 0 }
    lane.enter {
      self.send(fields)
      self.state.withLock { $0.waiting -= 1 }
    }
    return lost
  }

  /// Waits until every entry added so far has been sent.
  package func drain() async {
    await withCheckedContinuation { continuation in
      lane.enter { continuation.resume() }
    }
  }
}
