import FXCore
import Testing

@Suite("A suspect rate")
struct GuardSettlementTests {
  private static func rules() throws -> [Rule] {
    [Rule(name: "big-move", condition: try Condition("abs(change) > 5%"))]
  }

  private static func fired(_ decision: Decision) -> [String] {
    decision.changeset.fired.map { alert in
      "\(alert.data.value["previous"]?["rate"]?.text ?? "-") → \(alert.data.value["rate"]?.text ?? "-")"
    }
  }

  @Test("is stored and shown, and no rule is evaluated")
  func isKeptOut() throws {
    var source = try GuardedSource(rules: Self.rules())
    try source.print(["USD/KGS 87.45"])
    let decision = try source.print(["USD/KGS 8745.10"])
    #expect(decision.suspicions == ["USD/KGS power-of-ten"])
    #expect(Self.fired(decision) == [])
    #expect(decision.changeset.alerts.isEmpty)
  }

  @Test("fires event rules that name it, but no state rules")
  func isTold() throws {
    var source = try GuardedSource(rules: [
      Rule(name: "odd", condition: try Condition("suspect")),
      Rule(name: "large", condition: try Condition("suspect and abs(change) > 5%")),
      Rule(name: "small", condition: try Condition("suspect and abs(change) < 5%")),
      Rule(name: "state", condition: try Condition("suspect or rate > 100")),
    ])
    try source.print(["USD/KGS 87.45"])
    let decision = try source.print(["USD/KGS 8745.10"])
    #expect(decision.changeset.fired.map(\.key.rule) == ["odd", "large"])
    #expect(Self.fired(decision) == ["87.45 → 8745.10", "87.45 → 8745.10"])
    #expect(try source.print(["USD/KGS 87.60"]).changeset.fired == [])
  }

  @Test("is cleared when the old level is back, and moves are measured from there")
  func cleared() throws {
    var source = try GuardedSource(rules: Self.rules())
    try source.print(["USD/KGS 87.45"])
    try source.print(["USD/KGS 8745.10"])
    let calm = try source.print(["USD/KGS 87.60"])
    #expect(calm.trusted == ["USD/KGS 87.60"])
    #expect(Self.fired(calm) == [])
    #expect(calm.sent == [])
    #expect(
      calm.logEntries.contains { entry in
        if case .trustedAgain(
          _, because: "87.60 clears the series; the rate 8745.10 stays suspect") = entry
        {
          true
        } else {
          false
        }
      })
    #expect(Self.fired(try source.print(["USD/KGS 96.00"])) == ["87.60 → 96.00"])
  }

  @Test("is confirmed by the next publication at its level, and the rules evaluate the move")
  func confirmed() throws {
    var source = try GuardedSource(rules: Self.rules())
    try source.print(["USD/BYN 20053"])
    try source.print(["USD/BYN 2.0010"])
    let decision = try source.print(["USD/BYN 2.0102"])
    #expect(decision.trusted == ["USD/BYN 2.0102"])
    #expect(Self.fired(decision) == ["20053 → 2.0102"])
    let next = try source.print(["USD/BYN 2.0090"])
    #expect(next.trusted == ["USD/BYN 2.0090"])
    #expect(Self.fired(next) == [])
  }

  @Test("is confirmed by the same rate in the next publication of a page that moves all day")
  func confirmedUnchanged() throws {
    var source = try GuardedSource(dating: .pageDay, rules: Self.rules())
    try source.print(["USD/BYN 20053", "USD/KGS 87.45"], dated: "2025-06-03")
    try source.print(["USD/BYN 2.0010", "USD/KGS 87.45"], dated: "2025-06-03")
    let decision = try source.print(["USD/BYN 2.0010", "USD/KGS 87.46"], dated: "2025-06-03")
    #expect(decision.trusted == ["USD/BYN 2.0010", "USD/KGS 87.46"])
    #expect(Self.fired(decision) == ["20053 → 2.0010"])
  }

  @Test("is replaced and reported again for another guard or level, but not for the same one")
  func replaced() throws {
    var source = try GuardedSource()
    try source.print(["USD/KGS 87.45"])
    #expect(try source.print(["USD/KGS 0.00"]).sent.count == 1)
    #expect(try source.print(["USD/KGS 0.00"]).sent == [])
    #expect(try source.print(["USD/KGS 8745.00"]).sent.count == 1)
    #expect(try source.print(["USD/KGS 87450.0"]).sent.count == 1)
    #expect(try source.print(["USD/KGS 87.50"]).trusted == ["USD/KGS 87.50"])
  }

  @Test("that a cache repeats is reported once")
  func flickers() throws {
    var source = try GuardedSource(dating: .pageDay)
    let today = ["USD/KGS 87.45", "EUR/KGS 101.50"]
    let cached = ["USD/KGS 87.40", "EUR/KGS 101.40"]
    try source.print(today, dated: "2025-06-04")
    #expect(try source.print(cached, dated: "2025-06-03").sent.count == 1)
    for _ in 0..<3 {
      #expect(try source.print(today, dated: "2025-06-04").suspicions == [])
      let again = try source.print(cached, dated: "2025-06-03")
      #expect(again.suspicions == ["USD/KGS value-date", "EUR/KGS value-date"])
      #expect(again.sent == [])
    }
  }

  @Test("on the first page of a source is treated like any other")
  func first() throws {
    var source = try GuardedSource()
    #expect(
      try source.print(["USD/KGS 87.45"], dated: "2025-07-01", on: "2025-06-03").suspicions
        == ["USD/KGS value-date"])
    #expect(try source.print(["USD/KGS 87.50"], dated: "2025-06-04").trusted == ["USD/KGS 87.50"])
  }

  @Test("changes neither what a fixing is measured against nor how precisely it is printed")
  func leavesNoTrace() throws {
    var source = try GuardedSource(rules: Self.rules())
    try source.print(["USD/KGS 87.45"])
    let suspect = try source.print(["USD/KGS 0.011435100"])
    #expect(suspect.changeset.observations.map(\.scale) == [2])
    let decision = try source.print(["USD/KGS 93.00"])
    #expect(Self.fired(decision) == ["87.45 → 93.00"])
    #expect(decision.changeset.observations.map(\.scale) == [2])
  }
}
