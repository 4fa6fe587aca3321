import Synchronization

/// Passes entries of the log to a writer that may block, in the order added, without blocking the
/// caller.
///
/// The reader of standard error or journald may be stalled for any time. Entries are then dropped, and
/// counted in an entry of their own at their place. Thread-safe; costs a lock an entry, and a switch to
/// the queue's lane where it is idle.
package final class LogQueue<Entry: Sendable>: Sendable {
  private struct Waiting {
    var entries: [(entry: Entry, bytes: Int)] = []
    var bytes = 0
    var dropped = 0
    var isWriting = false
  }

  private let lane: Lane
  private let maximumBytes: Int
  private let waiting = Mutex(Waiting())
  private let notice: @Sendable (Int) -> Entry
  private let write: @Sendable (Entry) -> Void

  /// Creates a queue that passes entries to `write`, one at a time; `notice` is the entry about a number
  /// of dropped ones.
  ///
  /// Entries of 4 MiB in all may wait: an hour of a busy daemon.
  package init(
    label: String, maximumBytes: Int = 4 << 20, notice: @escaping @Sendable (Int) -> Entry,
    write: @escaping @Sendable (Entry) -> Void
  ) {
    lane = Lane(label: label)
    self.maximumBytes = maximumBytes
    self.notice = notice
    self.write = write
  }

  /// Adds an entry of so many bytes, or drops it if those that wait have too many with it.
  package func add(_ entry: Entry, bytes: Int) {
    let mustStart = waiting.withLock { waiting in
      guard waiting.bytes + bytes <= maximumBytes else {
        waiting.dropped += 1
        return false
      }
      if waiting.dropped > 0 {
        waiting.entries.append((notice(waiting.dropped), 0))
        waiting.dropped = 0
      }
      waiting.entries.append((entry, bytes))
      waiting.bytes += bytes
      defer { waiting.isWriting = true }
      return !waiting.isWriting
    }
    if mustStart { lane.enter { self.writeAll() } }
  }

  /// Waits until every entry added so far is written, at most for `limit`.
  package func drain(within limit: Duration) async {
    let clock = Lane(label: "drain")
    let timer = Mutex<LaneTimer?>(nil)
    await withCheckedContinuation { continuation in
      let waiting = Mutex<CheckedContinuation<Void, Never>?>(continuation)
      let resume: @Sendable () -> Void = {
        waiting.withLock { waiting in
          waiting?.resume()
          waiting = nil
        }
      }
      timer.withLock { timer in
        timer = LaneTimer(on: clock, handler: resume)
        timer?.arm(after: limit, leeway: .zero)
      }
      lane.enter(resume)
    }
    timer.withLock { $0?.cancel() }
  }

  /// Writes what waits, until nothing does; on the lane.
  private func writeAll() {
    while true {
      let next = waiting.withLock { waiting -> [(entry: Entry, bytes: Int)] in
        if waiting.entries.isEmpty, waiting.dropped > 0 {
          waiting.entries.append((notice(waiting.dropped), 0))
          waiting.dropped = 0
        }
        waiting.isWriting = !waiting.entries.isEmpty
        defer { waiting.entries = [] }
        return waiting.entries
      }
      guard !next.isEmpty else { return }
      for (entry, bytes) in next {
        write(entry)
        waiting.withLock { $0.bytes -= bytes }
      }
    }
  }
}
