/// The reason a request to the running daemon failed.
package enum ControlProblem: Error, Hashable, Sendable {
  /// No daemon listens in the state directory.
  case notRunning
  /// This user may not use the state directory.
  case notPermitted
  /// No complete answer came in time.
  case noAnswer
  /// The daemon speaks another version of the protocol or does not know the request.
  case unknownRequest
  /// Anything else.
  case failed(SystemError)
}
