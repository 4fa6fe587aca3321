import FXCore
import FXStore
import StoreSuite
import Testing

@Suite("The values of columns")
struct ColumnValueTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test(
    "A text is stored byte for byte",
    arguments: [
      "", "a", "fifteen letters", "sixteen letters!", "\u{0}", "before\u{0}after", "e\u{301}",
      "сом 🇰🇬", "'; DROP TABLE event; --", String(repeating: "x", count: 100_000),
    ])
  func texts(text: String) async throws {
    var state = SourceState()
    state.lastFailure = text
    state.validators = .init(url: text, etag: text, lastModified: nil)
    var changeset = Changeset()
    changeset.sources = [SourceName("bank"): state]
    try await fixture.store().apply(changeset)
    let stored = try #require(try fixture.reader().sources()[SourceName("bank")])
    #expect(stored == state)
    #expect(Array((stored.lastFailure ?? "-").utf8) == Array(text.utf8))
  }

  @Test(
    "Integers are stored, the smallest and the greatest included", arguments: [.min, -1, 0, .max])
  func integers(integer: Int64) async throws {
    var state = SourceState()
    state.latestPublication = integer
    state.failures = Int(integer)
    state.lastAttempt = Timestamp(milliseconds: integer)
    state.isUnreachable = integer == .max
    var changeset = Changeset()
    changeset.sources = [SourceName("bank"): state]
    try await fixture.store().apply(changeset)
    #expect(try fixture.reader().sources() == changeset.sources)
  }

  @Test("NULL differs from an empty text")
  func nothing() async throws {
    var state = SourceState()
    state.lastFailure = nil
    state.validators = .init(url: "", etag: nil, lastModified: "")
    var changeset = Changeset()
    changeset.sources = [SourceName("bank"): state]
    let store = try fixture.store()
    try await store.apply(changeset)
    #expect(try fixture.reader().sources() == changeset.sources)
    // A value bound before must not remain when NULL is bound.
    changeset.sources = [SourceName("bank"): SourceState()]
    try await store.apply(changeset)
    #expect(try fixture.reader().sources() == changeset.sources)
  }
}
