import FXCore
import Testing

@Suite("The difference between two readings")
struct ReadingDiffTests {
  private static let day = ComponentRun.start.day

  /// The difference of lines from a publication of `USD/KGS 87.45` and `EUR/KGS 95.10`.
  private static func diff(_ lines: [String], of day: CalendarDay = day) throws -> ReadingDiff {
    var run = ComponentRun(rules: [])
    _ = run.publish(["USD/KGS 87.45", "EUR/KGS 95.10"])
    return ReadingDiff(
      of: ComponentRun.reading(lines, of: day),
      against: try #require(run.tables.bySource[ComponentRun.source]))
  }

  @Test("is empty for the same lines in any order")
  func same() throws {
    let diff = try Self.diff(["EUR/KGS 95.10", "USD/KGS 87.45"])
    #expect(diff.isEmpty)
    #expect(diff.lines.map(\.index) == [1, 0])
    #expect(diff.lines.map(\.isChanged) == [false, false])
  }

  @Test("contains a line with another rate, but not the same rate with another scale")
  func changed() throws {
    let diff = try Self.diff(["USD/KGS 87.46", "EUR/KGS 95.1"])
    #expect(diff.lines.map(\.isChanged) == [true, false])
    #expect(diff.changed == 1)
    #expect(diff.vanished == [])
  }

  @Test("contains every line of another value date")
  func valueDate() throws {
    let diff = try Self.diff(["USD/KGS 87.45", "EUR/KGS 95.10"], of: Self.day.advanced(by: 1))
    #expect(diff.changed == 2)
  }

  @Test("contains a new series without an index, and the series that vanished")
  func newAndVanished() throws {
    let diff = try Self.diff(["USD/KGS 87.45", "RUB/KGS 0.98"])
    #expect(diff.lines.map(\.index) == [0, nil])
    #expect(diff.lines.map(\.isChanged) == [false, true])
    #expect(diff.vanished.map(\.description) == ["bank EUR/KGS"])
    #expect(!diff.isEmpty)
  }
}
