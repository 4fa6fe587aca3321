import FXCore
import FXWeb
import InMemoryStore
import Support
import Testing

@Suite("A connection for reading that is kept")
struct KeptReadingTests {
  /// A store that counts how often it is opened, and refuses the first times.
  private struct CountedStore: StoreOpener {
    let opened = Locked(0)
    var refusals = 0
    let store = ModelStore()

    var location: String { store.location }

    func openForReading() throws(StoreProblem) -> any HistoryReading {
      let count = opened.withLock { opened in
        opened += 1
        return opened
      }
      guard count > refusals else { throw StoreProblem(.temporary, "not yet") }
      return try store.openForReading()
    }

    func lock() throws(StoreProblem) -> any StoreLock { try store.lock() }

    func openForEngine() async throws(StoreProblem) -> any EngineStore {
      try await store.openForEngine()
    }

    func openForWriting(creating: Bool) throws(StoreProblem) -> any CommandWriting {
      try store.openForWriting(creating: creating)
    }

    func openForCopying(creating: Bool) throws(StoreProblem) -> any TableCopying {
      try store.openForCopying(creating: creating)
    }

    func backUp(
      to file: String, progress: (_ percent: Int) -> Void
    ) throws(StoreProblem) { try store.backUp(to: file, progress: progress) }
  }

  @Test("is opened with the first question only")
  func once() async throws {
    let store = CountedStore()
    _ = try await store.openForEngine()
    let kept = KeptReading(store)
    #expect(store.opened.withLock { $0 } == 0)
    for _ in 1...3 { #expect(try kept.openForReading().latestEvent() == 0) }
    #expect(store.opened.withLock { $0 } == 1)
    #expect(kept.location == store.location)
  }

  @Test("is opened again after a failure to open it")
  func refused() async throws {
    let store = CountedStore(refusals: 1)
    _ = try await store.openForEngine()
    let kept = KeptReading(store)
    #expect(throws: StoreProblem(.temporary, "not yet")) { try kept.openForReading() }
    _ = try kept.openForReading()
    _ = try kept.openForReading()
    #expect(store.opened.withLock { $0 } == 2)
  }
}
