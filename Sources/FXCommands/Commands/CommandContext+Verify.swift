import FXCore
package import FXDaemon

extension CommandContext {
  /// Verifies the store, beside a running daemon or without one; `progress` is called with the
  /// percentage that is done.
  package func verifyStore(
    progress: (_ percent: Int) -> Void
  ) throws(CommandFailure) -> VerificationReport {
    VerificationReport(
      try stored { reader throws(StoreProblem) in try reader.verify(progress: progress) })
  }
}
