package import FXCore
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

  /// Copies everything from one kind of store to the other, and compares both.
  ///
  /// Returns the number of rows. No daemon may run with either.
  package func copyStore(
    from source: StoreKind, to destination: StoreKind,
    progress: (_ part: StoreCopy.Part, _ percent: Int) -> Void
  ) throws(CommandFailure) -> Int {
    guard source != destination else { throw .usage("name two different stores") }
    do throws(StoreProblem) {
      let stores = (from: try setup.store(ofKind: source), to: try setup.store(ofKind: destination))
      let tables = try stores.from.openForCopying(creating: false)
      let locks = (try stores.from.lock(), try stores.to.lock())
      defer { withExtendedLifetime(locks) {} }
      return try StoreCopy(from: tables, to: try stores.to.openForCopying(creating: true))
        .run(progress: progress)
    } catch {
      throw .failed(error.message)
    }
  }
}
