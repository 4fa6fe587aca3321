import InMemoryStore
import StoreSuite
import Testing

@Suite("The model store")
struct ModelStoreTests {
  @Test("behaves as every store does", arguments: StoreBehaviour.all)
  func behaves(_ behaviour: StoreBehaviour) async throws {
    try await behaviour.check(ModelStore())
  }
}
