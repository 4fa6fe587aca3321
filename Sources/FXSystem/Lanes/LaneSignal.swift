import Dispatch
import Glibc

/// Handles one of the signals that control fxwatch.
///
/// From the first handler on, the signal's default action stays disabled even after the handler is
/// gone: a daemon that is stopping is not killed by a second SIGTERM.
package final class LaneSignal: @unchecked Sendable {
  // Invariant for @unchecked: `source` is configured in `init`; afterwards only `cancel` is called,
  // which is thread-safe.
  private let source: any DispatchSourceSignal

  /// The signals that fxwatch handles.
  package enum Name: Sendable {
    /// SIGHUP: reload the config.
    case hangUp
    /// SIGINT: stop, sent by a terminal.
    case interrupt
    /// SIGTERM: stop.
    case terminate
    /// SIGWINCH: the window of the terminal has another size.
    case windowChange

    fileprivate var number: Int32 {
      switch self {
      case .hangUp: SIGHUP
      case .interrupt: SIGINT
      case .terminate: SIGTERM
      case .windowChange: SIGWINCH
      }
    }

    /// Disables the default action, only before the first handler: Dispatch installs its own
    /// disposition when the first source registers and keeps it for later ones.
    fileprivate func disableDefaultAction() {
      switch self {
      case .hangUp: Self.hangUpIsIgnored
      case .interrupt: Self.interruptIsIgnored
      case .terminate: Self.terminateIsIgnored
      // Its default action is nothing.
      case .windowChange: break
      }
    }

    private static let hangUpIsIgnored: Void = ignore(SIGHUP)
    private static let interruptIsIgnored: Void = ignore(SIGINT)
    private static let terminateIsIgnored: Void = ignore(SIGTERM)

    private static func ignore(_ number: Int32) {
      signal(number, SIG_IGN)
    }
  }

  /// Registers a handler and returns when signals are delivered to it.
  ///
  /// `handler` runs on the lane for each signal, or once for several close together.
  package init(_ name: Name, on lane: Lane, handler: @escaping @Sendable () -> Void) async {
    name.disableDefaultAction()
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

  /// Removes and releases the handler.
  package func cancel() {
    source.cancel()
  }
}
