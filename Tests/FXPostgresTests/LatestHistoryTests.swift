import FXPostgres
import Testing

@Suite("The latest history of a database with several servers")
struct LatestHistoryTests {
  @Test("A primary that another server of its database has replaced is refused for good")
  func replaced() {
    let latest = LatestHistory()
    let (first, promoted) = (
      ServerHistory(system: "1", timeline: 1), ServerHistory(system: "1", timeline: 2)
    )
    #expect(latest.accepts(first))
    #expect(latest.accepts(promoted))
    #expect(!latest.accepts(first))
    #expect(latest.accepts(promoted))
  }

  @Test("A database that was restored elsewhere is another one")
  func restored() {
    let latest = LatestHistory()
    #expect(latest.accepts(ServerHistory(system: "1", timeline: 7)))
    #expect(latest.accepts(ServerHistory(system: "2", timeline: 1)))
  }
}
