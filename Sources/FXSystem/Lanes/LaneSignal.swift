import Dispatch
import Glibc
import Synchronization

/// Hears one of the signals by which fxwatch is steered.
///
/// From the first watch on the signal never again has its default effect, also after the watch has
/// ended: a daemon on its way out is not killed by a second SIGTERM.
package final class LaneSignal: @unchecked Sendable {
  // Invariant behind @unchecked: `source` is set up in `init`; afterwards only `cancel` is called,
  // which Dispatch lets any thread do.
  private let source: any DispatchSourceSignal

  /// The signals whose default effect has been taken away.
  private static let quiet = Mutex<Set<Int32>>([])

  /// The signals that mean something to fxwatch.
  package enum Name: Sendable {
    /// SIGHUP: read the config again.
    case hangUp
    /// SIGINT: end, asked for at a terminal.
    case interrupt
    /// SIGTERM: end.
    case terminate

    fileprivate var number: Int32 {
      switch self {
      case .hangUp: SIGHUP
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      }
    }
  }

  /// Starts to listen, and returns once a signal sent now would be heard; `handler` runs on the lane
  /// for every signal, or once for several that came close together.
  package init(_ name: Name, on lane: Lane, handler: @escaping @Sendable () -> Void) async {
    // Dispatch installs its own disposition when the first source registers, and leaves it; until
    // then the default one would end the process.
    if Self.quiet.withLock({ $0.insert(name.number).inserted }) { signal(name.number, SIG_IGN) }
    source = DispatchSource.makeSignalSource(signal: name.number, queue: lane.queue)
    source.setEventHandler(handler: handler)
    await withCheckedContinuation { registered in
      source.setRegistrationHandler { registered.resume() }
      source.activate()
    }
  }

  deinit {
    source.cancel()
  }

  /// Stops listening and lets the handler go.
  package func cancel() {
    source.cancel()
  }
}
