import FXCore
import Testing

@Suite("The count of publications within reach")
struct ReachCountTests {
  /// Adds points by their publications and days, newest first, and returns those up to which it is complete
  /// and covers the lookback.
  private static func ends(
    of count: ReachCount, _ rows: [(publication: Int64, day: Int?)], absences: Set<Int64> = []
  ) throws -> (complete: Int64?, covered: Int64?) {
    var count = count
    var (complete, covered): (Int64?, Int64?)
    let rate = try #require(ExactDecimal("1.1").flatMap { Rate(printed: $0) })
    for row in rows {
      if absences.contains(row.publication) {
        count.addAbsence(from: row.publication)
        continue
      }
      count.add(
        SeriesPoint(
          rate: rate, valueDate: row.day.map { CalendarDay(daysSinceEpoch: $0) },
          firstSeen: Timestamp(seconds: row.publication), publication: row.publication, version: 1))
      if complete == nil, count.isComplete { complete = row.publication }
      if covered == nil, count.coversLookback { covered = row.publication }
    }
    return (complete, covered)
  }

  @Test("counts each day of a fixing once")
  func fixing() throws {
    let rows: [(Int64, Int?)] = [(9, 4), (8, 4), (7, 3), (6, 3), (5, 2), (4, 1)]
    for (publications, complete, covered) in [(0, 7, 9), (1, 5, 7), (2, 4, 5), (3, nil, 4)]
      as [(Int, Int64?, Int64?)]
    {
      let ends = try Self.ends(
        of: ReachCount(publications: publications, isFixing: true, upTo: 12), rows)
      #expect(ends.complete == complete, "\(publications)")
      #expect(ends.covered == covered, "\(publications)")
    }
  }

  @Test("counts every publication of a page since its rate last changed, but none without it")
  func page() throws {
    let rows: [(Int64, Int?)] = [(20, nil), (15, nil), (12, nil), (11, nil), (3, nil)]
    for (publications, complete, covered) in [(0, 12, 20), (5, 11, 12), (6, 3, 11), (14, nil, 3)]
      as [(Int, Int64?, Int64?)]
    {
      let ends = try Self.ends(
        of: ReachCount(publications: publications, isFixing: false, upTo: 22), rows,
        absences: [15])
      #expect(ends.complete == complete, "\(publications)")
      #expect(ends.covered == covered, "\(publications)")
    }
  }
}
