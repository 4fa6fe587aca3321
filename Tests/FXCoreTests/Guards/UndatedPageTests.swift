import FXCore
import Testing

@Suite("A suspect rate on a page without a date")
struct UndatedPageTests {
  private static func rules() throws -> [Rule] {
    [Rule(name: "big-move", condition: try Condition("abs(change) > 5%"))]
  }

  @Test("is confirmed by the same rate in three polls over at least 30 minutes")
  func confirmed() throws {
    var page = PolledPage(dating: .pageDay, rules: try Self.rules())
    try page.poll(["USD/BYN 2.0010"])
    #expect(try page.poll(["USD/BYN 20.010"]).suspicions == ["USD/BYN power-of-ten"])
    #expect(page.nextFetch()?.readsAgain == true)
    let second = try page.poll(["USD/BYN 20.010"], after: .seconds(3600))
    #expect(second.trusted.isEmpty && second.changeset.publication == nil)
    let third = try page.poll(["USD/BYN 20.010"])
    #expect(third.trusted == ["USD/BYN 20.010"])
    #expect(third.changeset.fired.count == 1)
    #expect(page.nextFetch()?.readsAgain == false)
    #expect(try page.poll(["USD/BYN 20.010"]).changeset.publication == nil)
  }

  @Test("is not confirmed by many polls within 30 minutes, nor by another rate of the page")
  func early() throws {
    var page = PolledPage(dating: .pageDay)
    try page.poll(["USD/BYN 2.0010", "EUR/BYN 3.10"])
    try page.poll(["USD/BYN 20.010", "EUR/BYN 3.10"])
    for last in ["3.11", "3.12", "3.13", "3.14"] {
      let decision = try page.poll(["USD/BYN 20.010", "EUR/BYN \(last)"], after: .seconds(60))
      #expect(decision.trusted == ["EUR/BYN \(last)"])
    }
    let late = try page.poll(["USD/BYN 20.010", "EUR/BYN 3.14"], after: .seconds(1800))
    #expect(late.trusted == ["USD/BYN 20.010"])
  }

  @Test("counts again when the rate changes")
  func changed() throws {
    var page = PolledPage(dating: .pageDay)
    try page.poll(["USD/BYN 2.0010"])
    try page.poll(["USD/BYN 20.010"], after: .seconds(1800))
    try page.poll(["USD/BYN 20.020"], after: .seconds(1800))
    #expect(try page.poll(["USD/BYN 20.020"], after: .seconds(1800)).trusted.isEmpty)
    #expect(try page.poll(["USD/BYN 20.020"], after: .seconds(1)).trusted == ["USD/BYN 20.020"])
  }
}
