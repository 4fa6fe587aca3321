package import FXCore

/// A running daemon as its page and its API see it.
package struct ObservedDaemon: Sendable {
  /// The environment of the process.
  package let environment: [String: String]

  /// Returns the current status; takes some milliseconds.
  package let status: @Sendable () async -> DaemonStatus

  /// Asks for a reload of the config, as SIGHUP does.
  package let reload: @Sendable () async -> Void

  /// Asks for a poll of a source now, in addition to those of its schedule.
  package let poll: @Sendable (SourceName) async -> Void
}
