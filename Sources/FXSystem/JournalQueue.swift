import Synchronization

/// Writes journal entries in the order they were added, without ever keeping who adds them waiting.
///
/// sd_journal_send(3) waits while journald is stalled, so the entries go out on a lane of their own.
/// Safe from any thread.
package final class JournalQueue: Sendable {
  /// Entries that may wait; an hour of a busy daemon, and a few hundred kilobytes.
  package static let maximumWaiting = 1000

  private struct State {
    var waiting = 0
    var lost = 0
  }

  private let lane = Lane(label: "journal")
  private let state = Mutex(State())
  private let send: @Sendable ([JournalField]) -> Void

  /// A queue whose entries go out through `send`, one at a time.
  package init(send: @escaping @Sendable ([JournalField]) -> Void) {
    self.send = send
  }

  /// Adds an entry, or loses it where `maximumWaiting` wait already.
  ///
  /// Gives how many were lost before this one, the first time that one is taken again: worth an
  /// entry too.
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

  /// Comes back when everything added so far has gone out.
  package func drain() async {
    await withCheckedContinuation { continuation in
      lane.enter { continuation.resume() }
    }
  }
}
