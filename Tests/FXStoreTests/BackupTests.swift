import FXCore
import FXStore
import Foundation
import StoreSuite
import Testing

@Suite("A backup of the database")
struct BackupTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test("has what was committed before it, and can be put back")
  func restored() async throws {
    let store = try fixture.store()
    try await store.apply(try firedAlert())
    let before = try await store.load(window: .zero, now: instant(day: 4))
    let copy = fixture.directory + "/copy.db"
    var progress: [Int] = []
    try fixture.opener.backUp(to: copy) { progress.append($0) }
    #expect(progress.last == 100)
    try await store.apply(try Changeset("ecb", 1, at: instant(day: 4), ["EUR/USD": "1.1"]))
    try await store.close()
    for file in [fixture.path, fixture.path + "-wal", fixture.path + "-shm"] {
      try? FileManager.default.removeItem(atPath: file)
    }
    try FileManager.default.moveItem(atPath: copy, toPath: fixture.path)
    let restored = try fixture.store()
    #expect(try await restored.load(window: .zero, now: instant(day: 4)) == before)
    #expect(try fixture.reader().verify { _ in }.findings == [])
  }

  @Test("of a database that does not exist is refused, and leaves no file")
  func missing() throws {
    let copy = fixture.directory + "/copy.db"
    #expect(throws: StoreProblem.self) { try fixture.opener.backUp(to: copy) { _ in } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.directory) == [])
  }
}
