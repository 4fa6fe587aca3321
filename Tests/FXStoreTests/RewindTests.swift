import FXCore
import FXStore
import Foundation
import StoreSuite
import Testing

@Suite("A database that is put back")
struct RewindTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private var epoch: String { fixture.path + "-epoch" }

  /// Stores events, and closes the database.
  private func storeEvents(_ sequences: ClosedRange<Int64>) async throws {
    let store = try fixture.store()
    _ = try await store.load(window: .zero, now: instant(day: 1))
    for sequence in sequences {
      var changeset = Changeset()
      changeset.events = [event(sequence, at: instant(day: Int(sequence)), to: ["ops"])]
      try await store.apply(changeset)
    }
    try await store.close()
  }

  private func load() async throws -> StoredState {
    let store = try fixture.store()
    let state = try await store.load(window: .zero, now: instant(day: 40))
    try await store.close()
    return state
  }

  /// Copies the database alone, and returns how to put it back.
  private func backup() throws -> () throws -> Void {
    let copy = fixture.directory + "/backup"
    try FileManager.default.copyItem(atPath: fixture.path, toPath: copy)
    return { [path = fixture.path] in
      for file in [path, path + "-wal", path + "-shm"] {
        try? FileManager.default.removeItem(atPath: file)
      }
      try FileManager.default.copyItem(atPath: copy, toPath: path)
    }
  }

  @Test("is noticed until that is reported, and its numbers are not used again")
  func noticed() async throws {
    try await storeEvents(1...10)
    let restore = try backup()
    try await storeEvents(11...35)
    #expect(try await load().rewind == nil)
    try restore()
    let expected = StoreRewind(expected: 35, found: 10, since: instant(day: 10))
    for _ in 1...2 {
      let state = try await load()
      #expect(state.rewind == expected && state.latestEvent == 35)
    }
    try await storeEvents(36...36)
    let state = try await load()
    #expect(state.rewind == nil && state.latestEvent == 36)
  }

  @Test("is noticed after a kill as well, which leaves the log")
  func killed() async throws {
    try await storeEvents(1...3)
    let restore = try backup()
    let store = try fixture.store()
    _ = try await store.load(window: .zero, now: instant(day: 1))
    var changeset = Changeset()
    changeset.events = [event(4, at: instant(day: 4), to: [])]
    try await store.apply(changeset)
    let image = try FileManager.default.contentsOfDirectory(atPath: fixture.directory)
    #expect(image.contains("fxwatch.db-epoch"))
    try await store.close()
    try restore()
    #expect(try await load().rewind == StoreRewind(expected: 4, found: 3, since: instant(day: 3)))
  }

  @Test("is not noticed without the file, with a damaged one, or with that of another installation")
  func unknown() async throws {
    try await storeEvents(1...3)
    let good = try String(contentsOfFile: epoch, encoding: .utf8)
    let other = good.replacingOccurrences(of: "installation ", with: "installation 0")
    for text in [
      nil, "", "\0", "event 9", other, good.replacingOccurrences(of: "event 0", with: "event -"),
      good.replacingOccurrences(of: "3", with: "x"), String(repeating: "9", count: 10_000),
    ] {
      try? FileManager.default.removeItem(atPath: epoch)
      try text?.write(toFile: epoch, atomically: true, encoding: .utf8)
      let state = try await load()
      #expect(state.rewind == nil && state.latestEvent == 3)
    }
  }

  @Test("is not followed through a link, and its file is private")
  func mode() async throws {
    try await storeEvents(1...1)
    let attributes = try FileManager.default.attributesOfItem(atPath: epoch)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try FileManager.default.removeItem(atPath: epoch)
    let target = fixture.directory + "/target"
    try FileManager.default.createSymbolicLink(atPath: epoch, withDestinationPath: target)
    try await storeEvents(2...2)
    #expect(!FileManager.default.fileExists(atPath: target))
  }
}
