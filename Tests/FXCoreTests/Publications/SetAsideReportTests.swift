import FXCore
import Testing

@Suite("Rows that a reader sets aside")
struct SetAsideReportTests {
  private static func reading(
    _ rate: String, setAside: [SetAsideRow], pairs: [String] = ["TJS/USD"], of day: CalendarDay
  ) -> SourceReading {
    SourceReading(
      valueDate: day,
      observations: pairs.compactMap { pair in
        guard let pair = CurrencyPair(pair), let printed = ExactDecimal(rate),
          let rate = Rate(printed: printed)
        else { return nil }
        return Observation(pair: pair, rate: rate)
      }, setAside: setAside)
  }

  private static func read(_ reading: SourceReading) -> FetchOutcome {
    .read(reading, bodyHash: "\(reading.hashValue)", validators: nil)
  }

  private static let bad = SetAsideRow(
    subject: "KGS/USD", pair: CurrencyPair("KGS/USD"), reason: "'call us' is not a number")

  @Test("are reported once, with the reason, and the pair is not missing as well")
  func once() throws {
    var run = EngineRun(rules: [])
    let day = run.now.day
    run.fetch(
      Self.read(Self.reading("0.1", setAside: [], pairs: ["TJS/USD", "KGS/USD"], of: day)))
    #expect(run.types == [])
    for rate in ["0.2", "0.3", "0.2"] {
      run.fetch(Self.read(Self.reading(rate, setAside: [Self.bad], of: day)))
    }
    let events = run.sent.filter { $0.notification.type == .sourceSuspect }
    #expect(
      events.map { $0.notification["summary"] } == [
        "timesca: KGS/USD: 'call us' is not a number; the row is set aside"
      ])
    let other = SetAsideRow(subject: "'Gold'", reason: "row 7: 'Gold' is not a currency")
    run.fetch(Self.read(Self.reading("0.4", setAside: [Self.bad, other], of: day)))
    let last = try #require(run.sent.last { $0.notification.type == .sourceSuspect })
    #expect(
      last.notification["summary"]
        == "timesca: 'Gold': row 7: 'Gold' is not a currency; the row is set aside")
  }

  @Test("are reported once also where there are more than can be remembered")
  func many() {
    var run = EngineRun(rules: [])
    let rows = (0..<250).map { SetAsideRow(subject: "'Row \($0)'", reason: "no currency") }
    for rate in ["0.1", "0.2", "0.3"] {
      run.fetch(Self.read(Self.reading(rate, setAside: rows, of: run.now.day)))
    }
    #expect(run.types == ["source.suspect → console, ops"])
  }

  @Test("of a withdrawn currency are reported once by its name")
  func retired() throws {
    var run = EngineRun(rules: [])
    let row = SetAsideRow(retired: try #require(Currency("BGN")))
    for rate in ["0.2", "0.3"] {
      run.fetch(Self.read(Self.reading(rate, setAside: [row], of: run.now.day)))
    }
    #expect(
      run.sent.map { $0.notification["summary"] } == [
        "timesca: BGN: BGN was replaced by EUR in 2026 and is ignored"
      ])
  }

  @Test("are a failure if they are all that a response without a date has")
  func onlyRetired() throws {
    var run = EngineRun(rules: [])
    let reading = Self.reading("1.9558", setAside: [], pairs: ["EUR/BGN"], of: run.now.day)
    for _ in 0..<3 { run.fetch(Self.read(reading)) }
    #expect(
      run.sent.map { $0.notification["reason"] } == [
        "the only rates are of currencies that are withdrawn: BGN was replaced by EUR in 2026 and is"
          + " ignored"
      ])
  }
}
