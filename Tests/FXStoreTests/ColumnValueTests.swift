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
    "Numbers of 53 bits are stored",
    arguments: [-(1 << 53), -1, 0, 1 << 53] as [Int64])
  func integers(integer: Int64) async throws {
    var state = SourceState()
    state.latestPublication = integer
    state.failures = Int(integer.magnitude >> 13)
    state.lastAttempt = Timestamp(milliseconds: integer >> 10)
    state.isUnreachable = integer > 0
    var changeset = Changeset()
    changeset.sources = [SourceName("bank"): state]
    try await fixture.store().apply(changeset)
    #expect(try fixture.reader().sources() == changeset.sources)
  }

  @Test("An instant or a day beyond the years 1 to 9999 is stored as the nearest one within them")
  func clamped() async throws {
    var state = SourceState()
    state.lastAttempt = Timestamp(milliseconds: .min)
    state.due = Timestamp(milliseconds: .max)
    state.latestValueDate = CalendarDay(daysSinceEpoch: .min)
    var changeset = Changeset()
    changeset.sources = [SourceName("bank"): state]
    try await fixture.store().apply(changeset)
    let stored = try #require(try fixture.reader().sources()[SourceName("bank")])
    #expect(stored.lastAttempt == Timestamp(text: "0001-01-01T00:00:00Z"))
    #expect(stored.due == Timestamp(text: "9999-12-31T23:59:59.999Z"))
    #expect(stored.latestValueDate == CalendarDay(year: 1, month: 1, day: 1))
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
