import StoreSuite
import Testing

@Suite("SQLiteStore as a store")
struct StoreSuiteTests {
  @Test("behaves as every store does", arguments: StoreBehaviour.all)
  func behaves(_ behaviour: StoreBehaviour) async throws {
    let fixture = try StoreFixture()
    try await behaviour.check(fixture.opener)
  }
}
