import FXCore
import Testing

@Suite("The guard of publications")
struct PublicationGuardTests {
  private static let start = ComponentRun.start

  /// The suspicions, by position and guard, against lines that follow a publication of
  /// `USD/KGS 87.45` and `EUR/KGS 95.10` on the day before.
  private static func suspicions(
    _ lines: [String], after held: [String] = [], of day: CalendarDay = start.day
  ) throws -> [Int: String] {
    var run = ComponentRun(rules: [])
    _ = run.publish(["USD/KGS 87.45", "EUR/KGS 95.10"], of: start.day.advanced(by: -1))
    if !held.isEmpty { _ = run.publish(held) }
    let known = try #require(run.tables.bySource[ComponentRun.source])
    let reading = ComponentRun.reading(lines, of: day)
    return PublicationGuard(
      known: known, lastValueDate: start.day.advanced(by: -1), now: start
    ).suspicions(on: reading, ReadingDiff(of: reading, against: known)).mapValues(\.guardName)
  }

  @Test("suspects nothing of rates that move a little")
  func quiet() throws {
    #expect(try Self.suspicions(["USD/KGS 87.60", "EUR/KGS 95.00", "RUB/KGS 0.98"]) == [:])
  }

  @Test("suspects the line that is wrong, and no other")
  func suspect() throws {
    #expect(try Self.suspicions(["USD/KGS 87.60", "EUR/KGS 9510"]) == [1: "power-of-ten"])
  }

  @Test("suspects every changed line of an implausible value date")
  func valueDate() throws {
    let far = Self.start.day.advanced(by: 400)
    #expect(
      try Self.suspicions(["USD/KGS 87.60", "EUR/KGS 95.00"], of: far)
        == [0: "value-date", 1: "value-date"])
  }

  @Test("trusts a rate that is repeated after it was suspect, and one that clears the series")
  func pending() throws {
    let page = ["USD/KGS 87.60", "EUR/KGS 9510"]
    #expect(try Self.suspicions(page, after: page) == [:])
    #expect(try Self.suspicions(["USD/KGS 87.60", "EUR/KGS 95.20"], after: page) == [:])
  }
}
