/// The page and the API of a running daemon.
///
/// The daemon starts it after its first plan is active, hands over each new plan, and stops it before
/// anything else. Implemented by `FXWeb`, which the daemon does not import.
package protocol WebInterface: Sendable {
  /// Serves a daemon with this setup, from now on or, where it serves already, instead of the setup
  /// before; with no `web:` in it nothing is served.
  ///
  /// Throws a sentence where it cannot listen; it then serves nothing, and the daemon goes on.
  func serve(_ setup: Setup, of daemon: ObservedDaemon) async throws(WebProblem)

  /// Ends all connections.
  func stop() async
}

/// A running daemon as its page and its API see it.
package struct ObservedDaemon: Sendable {
  /// The environment of the process.
  package let environment: [String: String]

  /// Returns the current status; takes some milliseconds.
  package let status: @Sendable () async -> DaemonStatus

  /// Asks for a reload of the config, as SIGHUP does.
  package let reload: @Sendable () async -> Void
}

/// A reason why the page cannot be served: a sentence with the remedy.
package struct WebProblem: Error, Hashable, Sendable {
  package let message: String

  /// A problem described by a sentence.
  package init(_ message: String) { self.message = message }
}
