/// The page and the API of a running daemon.
///
/// The daemon starts it after its first plan is active, hands over each new plan, and stops it before
/// everything else, of which it delays nothing. Implemented by `FXWeb`, which the daemon does not import.
package protocol WebInterface: Sendable {
  /// Serves a daemon with this setup, from now on or, where it serves already, instead of the setup
  /// before; with no `web:` in it nothing is served.
  ///
  /// Throws a sentence where it cannot listen; it then serves what it served before, and the daemon goes
  /// on.
  func serve(_ setup: Setup, of daemon: ObservedDaemon) async throws(WebProblem)

  /// Ends all connections, after the answers in progress.
  func stop() async
}
