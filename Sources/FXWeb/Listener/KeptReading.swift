package import FXCore
import Synchronization

/// A store whose connection for reading is opened with the first question and kept.
///
/// Opening takes longer than most answers. A connection is used on one lane.
package final class KeptReading: StoreOpener {
  private let store: any StoreOpener
  private let reader = Mutex<(any HistoryReading)?>(nil)

  /// A store that is not open yet.
  package init(_ store: any StoreOpener) { self.store = store }

  package var location: String { store.location }

  package func openForReading() throws(StoreProblem) -> any HistoryReading {
    if let open = reader.withLock({ $0 }) { return open }
    let new = try store.openForReading()
    reader.withLock { $0 = new }
    return new
  }

  package func lock() throws(StoreProblem) -> any StoreLock { try store.lock() }

  package func openForEngine() async throws(StoreProblem) -> any EngineStore {
    try await store.openForEngine()
  }

  package func openForWriting(creating: Bool) throws(StoreProblem) -> any CommandWriting {
    try store.openForWriting(creating: creating)
  }

  package func openForCopying(creating: Bool) throws(StoreProblem) -> any TableCopying {
    try store.openForCopying(creating: creating)
  }

  package func backUp(
    to file: String, progress: (_ percent: Int) -> Void
  ) throws(StoreProblem) {
    try store.backUp(to: file, progress: progress)
  }

  package func warnings() -> [String] { store.warnings() }

  package func replica(version: String) -> (any Replica)? { store.replica(version: version) }
}
