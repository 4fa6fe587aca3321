import FXCore
import FXStore
import Foundation
import GRDB
import Glibc
import StoreSuite
import Testing

@Suite("The lock on the database file")
struct DatabaseLockTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test("is held after connections are closed, and lets other programs use the database")
  func held() async throws {
    let lock = try fixture.opener.lock()
    for _ in 1...2 {
      let store = try fixture.store()
      try await store.apply(Changeset("ecb", 1, at: instant(day: 1), ["EUR/USD": "1"]))
      try await fixture.stranger().writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM")
      }
      try await store.close()
    }
    #expect(
      throws: StoreProblem(
        .temporary,
        "\(fixture.path): another fxwatch uses this database, although it does not hold the lock file "
          + "beside it; stop it, or set another directory under 'state' in the config")
    ) { try fixture.opener.lock() }
    withExtendedLifetime(lock) {}
  }

  @Test("creates a private file, which is a new database")
  func created() async throws {
    let lock = try fixture.opener.lock()
    let attributes = try FileManager.default.attributesOfItem(atPath: fixture.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try await fixture.store().answer()
    withExtendedLifetime(lock) {}
  }

  @Test("is not taken on a directory, or where the state directory is missing")
  func unusable() throws {
    try FileManager.default.createDirectory(
      atPath: fixture.path, withIntermediateDirectories: false)
    #expect(
      throws: StoreProblem(
        .permanent,
        "\(fixture.path): is a directory; move it away, or set another directory under 'state' in the "
          + "config")
    ) { try fixture.opener.lock() }
    try FileManager.default.removeItem(atPath: fixture.directory)
    #expect(
      throws: StoreProblem(
        .permanent,
        "\(fixture.path): cannot be opened; check that its directory exists and that this user has "
          + "access to both")
    ) { try fixture.opener.lock() }
  }
}
