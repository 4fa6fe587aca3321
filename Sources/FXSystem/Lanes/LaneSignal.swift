import Dispatch
import Glibc

/// Hears one of the signals by which fxwatch is steered.
///
/// From the first watch on the signal never again has its default effect, also after the watch has
/// ended: a daemon on its way out is not killed by a second SIGTERM.
package final class LaneSignal: @unchecked Sendable {
  // Invariant behind @unchecked: `source` is set up in `init`; afterwards only `cancel` is called,
  // which Dispatch lets any thread do.
  private let source: any DispatchSourceSignal

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

    /// Takes the default effect away before the first watch; only then, because Dispatch installs a
    /// disposition of its own when the first source registers, and leaves it for the next ones.
    fileprivate func quieten() {
      switch self {
      case .hangUp: Self.quietHangUp
      case .interrupt: Self.quietInterrupt
      case .terminate: Self.quietTerminate
      }
    }

    private static let quietHangUp: Void = ignore(SIGHUP)
    private static let quietInterrupt: Void = ignore(SIGINT)
    private static let quietTerminate: Void = ignore(SIGTERM)

    private static func ignore(_ number: Int32) {
      signal(number, SIG_IGN)
    }
  }

  /// Starts to listen, and returns once a signal sent now would be heard; `handler` runs on the lane
  /// for every signal, or once for several that came close together.
  package init(_ name: Name, on lane: Lane, handler: @escaping @Sendable () -> Void) async {
    name.quieten()
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
