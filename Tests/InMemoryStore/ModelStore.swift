package import FXCore
import Support

/// A store in memory: the tables of `StoreModel` behind the ports.
package final class ModelStore: StoreOpener {
  private let tables: Locked<StoreModel?>
  private let isLocked = Locked(false)

  /// Creates a store that no daemon has run with yet.
  package init() { tables = Locked(nil) }

  /// Creates a store with these tables.
  package init(_ tables: StoreModel) { self.tables = Locked(tables) }

  package var location: String { StoreModel.location }

  package func lock() throws(StoreProblem) -> any StoreLock {
    let wasLocked = isLocked.withLock { isLocked in
      defer { isLocked = true }
      return isLocked
    }
    guard !wasLocked else { throw StoreProblem(.temporary, "\(location): in use; stop the daemon") }
    _ = create()
    return ModelLock(isLocked)
  }

  /// The lock of a store in memory.
  private final class ModelLock: StoreLock {
    private let isLocked: Locked<Bool>

    init(_ isLocked: Locked<Bool>) { self.isLocked = isLocked }

    deinit { isLocked.withLock { $0 = false } }
  }

  package func openForEngine() async throws(StoreProblem) -> any EngineStore { create() }

  package func openForReading() throws(StoreProblem) -> any HistoryReading { try open() }

  package func openForWriting(creating: Bool) throws(StoreProblem) -> any CommandWriting {
    creating ? create() : try open()
  }

  package func openForCopying(creating: Bool) throws(StoreProblem) -> any TableCopying {
    throw StoreProblem(.permanent, "\(location): is in memory only")
  }

  package func backUp(
    to file: String, progress: (_ percent: Int) -> Void
  ) throws(StoreProblem) {
    throw StoreProblem(.permanent, "\(location): is in memory only")
  }

  private func create() -> ModelConnection {
    tables.withLock { $0 = $0 ?? StoreModel() }
    return ModelConnection(tables)
  }

  private func open() throws(StoreProblem) -> ModelConnection {
    guard tables.withLock({ $0 != nil }) else {
      throw StoreProblem(.permanent, "\(location): no history yet; start the daemon first")
    }
    return ModelConnection(tables)
  }
}
