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

  /// Copies the store into a new file, beside a running daemon or without one.
  package func backUpStore(
    to file: String, progress: (_ percent: Int) -> Void
  ) throws(CommandFailure) {
    do throws(StoreProblem) { try setup.store.backUp(to: file, progress: progress) } catch {
      throw .failed(error.message)
    }
  }
}
