import FXCore
import FXStore
import Foundation
import Testing

@Suite("The database's files")
struct ModeTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test("are readable by their owner alone, whatever the umask")
  func new() throws {
    let store = try fixture.store()
    _ = try fixture.commands()
    #expect(try modes() == ["": 0o600, "-shm": 0o600, "-wal": 0o600])
    withExtendedLifetime(store) {}
  }

  @Test(
    "lose the access of other users when an older version made them", arguments: [0o644, 0o666])
  func old(mode: Int) throws {
    let first = try fixture.store()
    for ending in ["", "-wal", "-shm"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: fixture.path + ending)
    }
    let second = try fixture.store()
    #expect(try modes() == ["": 0o600, "-shm": 0o600, "-wal": 0o600])
    withExtendedLifetime((first, second)) {}
  }

  @Test("are not made by a command that only reads")
  func reading() throws {
    #expect(throws: StoreProblem.self) { _ = try fixture.reader() }
    #expect(try modes() == [:])
  }

  /// The modes of the database, its log and the log's index, by the ending of the name.
  private func modes() throws -> [String: Int] {
    var modes: [String: Int] = [:]
    for ending in ["", "-wal", "-shm"]
    where FileManager.default.fileExists(atPath: fixture.path + ending) {
      modes[ending] =
        try FileManager.default.attributesOfItem(atPath: fixture.path + ending)[.posixPermissions]
        as? Int
    }
    return modes
  }
}
