import CSystemd
import FXCore

/// Tells the service manager how the daemon is: readiness, status, reload, stop and watchdog.
///
/// Each message answers whether the manager took it. It is false where none listens (a daemon run by
/// hand) or the socket fails; neither ever stops fxwatch, so the answer may be ignored. Costs one
/// datagram; safe from any thread. The protocol is that of sd_notify(3).
package struct ServiceNotifications: Sendable {
  /// A status line is cut here: `systemctl status` shows one line.
  static let maximumStatusCharacters = 200

  private let monotonicClock: @Sendable () -> Duration

  /// Notifications through `$NOTIFY_SOCKET`; `monotonicClock` gives the time a reload begins.
  package init(
    monotonicClock: @escaping @Sendable () -> Duration = { SystemClock().monotonic() }
  ) {
    self.monotonicClock = monotonicClock
  }

  /// The first plan is live, or a reload has ended; with a line for `systemctl status`.
  @discardableResult
  package func ready(status: String) -> Bool { send(["READY=1", Self.line(status)]) }

  /// A line for `systemctl status`.
  @discardableResult
  package func status(_ text: String) -> Bool { send([Self.line(text)]) }

  /// A reload has begun; `ready(status:)` must follow, whatever its outcome.
  @discardableResult
  package func reloading() -> Bool {
    let (seconds, attoseconds) = monotonicClock().components
    return send([
      "RELOADING=1", "MONOTONIC_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)",
    ])
  }

  /// The daemon has begun to stop.
  @discardableResult
  package func stopping(status: String) -> Bool { send(["STOPPING=1", Self.line(status)]) }

  /// The daemon is alive and moving.
  @discardableResult
  package func alive() -> Bool { send(["WATCHDOG=1"]) }

  /// Starting, reloading or stopping needs that much more time from now on.
  @discardableResult
  package func extendTimeout(by duration: Duration) -> Bool {
    send(["EXTEND_TIMEOUT_USEC=\(max(0, duration.milliseconds) * 1000)"])
  }

  /// How often at least the manager wants to hear `alive()`; nil where it watches nothing, or
  /// watches another process (`$WATCHDOG_USEC`, `$WATCHDOG_PID`).
  ///
  /// Half of it is a good rhythm.
  package var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
  }

  private static func line(_ status: String) -> String {
    "STATUS=" + SanitizedText.line(status, limit: maximumStatusCharacters)
  }

  private func send(_ assignments: [String]) -> Bool {
    sd_notify(0, assignments.joined(separator: "\n")) > 0
  }
}
