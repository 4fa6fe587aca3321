/// The end of a program's run.
package enum CommandEnd: Hashable, Sendable {
  /// The program exited with a status.
  case exited(status: Int32)
  /// A signal killed the program.
  case killed(signal: Int32)
  /// The program was killed after its timeout.
  case timedOut
  /// The program could not be started.
  case failed(SystemError)
}
