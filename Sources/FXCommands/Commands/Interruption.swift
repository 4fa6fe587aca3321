import FXSystem
import Synchronization

/// The end of a command by Ctrl-C or SIGTERM.
package final class Interruption: Sendable {
  /// The exit status of a command that a signal ended, as shells give it for SIGINT.
  package static let exitStatus: Int32 = 130

  private struct State {
    /// A sentence with what is kept of the work so far.
    var note = "interrupted"

    /// Removes what a process that ends at once would leave behind.
    var cleanUp: (@Sendable () -> Void)?

    /// Cancels work that must end by itself; nil where the process can end at once.
    var cancel: (@Sendable () -> Void)?
    var hasHappened = false
    var signals: [LaneSignal] = []
  }

  private let state = Mutex(State())
  private let lane = Lane(label: "interruption")

  /// The interruption of this process.
  package static let current = Interruption()

  private init() {}

  /// Handles the signals from here on: `end` prints the note and ends the process.
  package func watch(_ end: @escaping @Sendable (_ note: String) -> Void) async {
    let handler: @Sendable () -> Void = { [self] in
      let state = state.withLock { state in
        state.hasHappened = true
        return state
      }
      if let cancel = state.cancel { return cancel() }
      state.cleanUp?()
      end(state.note)
    }
    let signals = [
      await LaneSignal(.interrupt, on: lane, handler: handler),
      await LaneSignal(.terminate, on: lane, handler: handler),
    ]
    state.withLock { $0.signals = signals }
  }

  /// True once a signal has come.
  package var hasHappened: Bool { state.withLock { $0.hasHappened } }

  /// Replaces the sentence that is printed, and what is done before the process ends.
  package func note(_ note: String, cleanUp: (@Sendable () -> Void)? = nil) {
    state.withLock { state in
      state.note = note
      state.cleanUp = cleanUp
    }
  }

  /// Runs work that a signal cancels, so that it can end what it has started.
  package func cancelling<Answer: Sendable>(
    _ work: @escaping @Sendable () async throws -> Answer
  ) async throws -> Answer {
    let task = Task { try await work() }
    state.withLock { $0.cancel = { task.cancel() } }
    defer { state.withLock { $0.cancel = nil } }
    return try await task.value
  }
}
