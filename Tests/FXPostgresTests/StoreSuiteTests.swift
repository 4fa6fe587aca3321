import StoreSuite
import Testing

@Suite("PostgresStore as a store")
struct StoreSuiteTests {
  @Test("behaves as every store does", arguments: StoreBehaviour.all)
  func behaves(_ behaviour: StoreBehaviour) async throws {
    try await behaviour.check(try PostgresServer.newStore())
  }
}
