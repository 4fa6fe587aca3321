import CSystemd
import FXCore

/// Notifies the service manager of the daemon's state: readiness, status, reload, stop and watchdog.
///
/// Each method returns true if the notification was sent, and false without a service manager or if
/// the socket fails; the result may be ignored. Costs one datagram; thread-safe. The protocol is that
/// of sd_notify(3).
package struct ServiceNotifications: Sendable {
  /// The longest status line; `systemctl status` shows one line.
  static let maximumStatusCharacters = 200

  private let monotonicClock: @Sendable () -> Duration

  /// Creates notifications through `$NOTIFY_SOCKET`; `monotonicClock` gives the start of a reload.
  package init(
    monotonicClock: @escaping @Sendable () -> Duration = { SystemClock().monotonic() }
  ) {
    self.monotonicClock = monotonicClock
  }

  /// Reports that startup or a reload has ended, with a line for `systemctl status`.
  @discardableResult
  package func ready(status: String) -> Bool { send(["READY=1", Self.line(status)]) }

  /// Sets the line for `systemctl status`.
  @discardableResult
  package func status(_ text: String) -> Bool { send([Self.line(text)]) }

  /// Reports that a reload has started; `ready(status:)` must follow, even if it fails.
  @discardableResult
  package func reloading() -> Bool {
    let (seconds, attoseconds) = monotonicClock().components
    return send([
      "RELOADING=1", "MONOTONIC_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)",
    ])
  }

  /// Reports that the daemon is stopping.
  @discardableResult
  package func stopping(status: String) -> Bool { send(["STOPPING=1", Self.line(status)]) }

  /// Resets the watchdog.
  @discardableResult
  package func alive() -> Bool { send(["WATCHDOG=1"]) }

  /// Requests more time, from now, for starting, reloading or stopping.
  @discardableResult
  package func extendTimeout(by duration: Duration) -> Bool {
    send(["EXTEND_TIMEOUT_USEC=\(max(0, duration.milliseconds) * 1000)"])
  }

  /// The longest interval between calls of `alive()`; nil if the watchdog is off or watches another
  /// process (`$WATCHDOG_USEC`, `$WATCHDOG_PID`).
  ///
  /// Call `alive()` twice as often.
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
