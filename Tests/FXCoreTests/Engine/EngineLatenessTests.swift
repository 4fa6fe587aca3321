import FXCore
import Testing

@Suite("A publication that is found late")
struct EngineLatenessTests {
  private func rule(_ condition: String = "abs(change) > 1%") throws -> Rule {
    Rule(name: "move", condition: try Condition(condition))
  }

  private func day(_ text: String) throws -> CalendarDay {
    try #require(CalendarDay(text: text))
  }

  private func lateness(_ run: EngineRun) -> [JSONValue?] {
    run.sent.filter { $0.notification["rule"] != nil }.map { $0.notification.data["late"] }
  }

  @Test(
    "of a source that is polled every 15 minutes: after three intervals without an answer",
    arguments: [(15 * 60, nil), (45 * 60, nil), (45 * 60 + 1, true), (7 * 86_400, true)])
  func interval(seconds: Int, late: Bool?) throws {
    var run = EngineRun(rules: [try rule()], schedule: .interval(.seconds(900)))
    run.publish("0.09168")
    run.pass(.seconds(seconds))
    run.publish("0.10563")
    #expect(lateness(run) == [late.map { .bool($0) }])
  }

  @Test("is not one of a source polled every second that could not be read for five minutes")
  func brief() throws {
    var run = EngineRun(rules: [try rule()], schedule: .interval(.seconds(1)))
    run.publish("0.09168")
    run.pass(.seconds(300))
    run.publish("0.10563")
    run.pass(.seconds(301))
    run.publish("0.09168")
    #expect(lateness(run) == [nil, .bool(true)])
  }

  @Test("is not one of a source that was polled regularly and published nothing new")
  func watched() throws {
    var run = EngineRun(rules: [try rule()], schedule: .interval(.seconds(900)))
    run.publish("0.09168")
    for _ in 0..<8 {
      run.pass(.seconds(900))
      run.fetch(.unchanged)
    }
    run.publish("0.10563")
    #expect(lateness(run) == [nil])
  }

  /// Friday's rates are known at 15:05; the next are Monday's, at 15:00 UTC.
  @Test(
    "of a source with a calendar: where no poll came between its hour and the end of the grace",
    arguments: [
      // The last poll, the time of the find, its value date, and whether it is late.
      ("2026-02-22T09:00:00Z", "2026-02-23T15:05:00Z", "2026-02-23", nil),
      ("2026-02-22T09:00:00Z", "2026-02-23T17:59:00Z", "2026-02-23", nil),
      ("2026-02-22T09:00:00Z", "2026-02-23T18:01:00Z", "2026-02-23", true),
      // The publisher was late: fxwatch polled.
      ("2026-02-23T15:30:00Z", "2026-02-23T19:00:00Z", "2026-02-23", nil),
      // Not running on Monday: Tuesday's rates are found in time, Monday's are not.
      ("2026-02-22T09:00:00Z", "2026-02-24T15:05:00Z", "2026-02-24", nil),
      ("2026-02-22T09:00:00Z", "2026-02-24T15:05:00Z", "2026-02-23", true),
      // A correction of Friday's.
      ("2026-02-22T09:00:00Z", "2026-02-23T20:00:00Z", "2026-02-20", nil),
    ] as [(String, String, String, Bool?)])
  func calendar(polled: String, found: String, of day: String, late: Bool?) throws {
    let calendar = PublicationCalendar(zone: "UTC", hour: 15, minute: 0)
    var run = EngineRun(
      rules: [try rule()], schedule: .calendar(calendar), dating: .fixing)
    func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text: text)) }
    run.publish("0.09000", of: try self.day("2026-02-19"))
    run.pass(try instant("2026-02-20T15:05:00Z") - run.now)
    run.publish("0.09001", of: try self.day("2026-02-20"))
    run.pass(try instant(polled) - run.now)
    run.fetch(.unchanged)
    run.pass(try instant(found) - run.now)
    run.publish("0.10563", of: try self.day(day))
    #expect(lateness(run) == [late.map { .bool($0) }])
  }

  @Test(
    "of several days in one body: each is evaluated once, in order, and all but the newest are late"
  )
  func severalDays() throws {
    let calendar = PublicationCalendar(zone: "UTC", hour: 8, minute: 0)
    var jump = try rule()
    jump.summary = try SummaryTemplate("{pair} {change}{late}")
    var run = EngineRun(
      rules: [jump, Rule(name: "high", condition: try Condition("rate > 0.1"))],
      schedule: .calendar(calendar), dating: .fixing)
    let days = try ["2026-02-19", "2026-02-20", "2026-02-23", "2026-02-24", "2026-02-25"]
      .map(day)
    run.publish("0.09000", of: days[1])
    run.pass(.seconds(5 * 86_400))
    run.publish([
      ("0.05000", days[0]), ("0.06000", days[1]), ("0.10200", days[2]), ("0.09100", days[3]),
      ("0.12000", days[4]),
    ])
    #expect(
      run.sent.map { "\($0.notification["summary"] ?? ""), \($0.notification["value_date"] ?? "")" }
        == [
          "TJS/USD +13.33 %late, 2026-02-23",
          "TJS/USD at timesca: 0.09000 → 0.10200, +13.33 % (13.32 to 13.35) (found late), 2026-02-23",
          "TJS/USD -10.78 %late, 2026-02-24",
          "resolved: TJS/USD at timesca: 0.10200 → 0.09100, -10.78 % (-10.80 to -10.77) (found late), "
            + "2026-02-24",
          "TJS/USD +31.87 %, 2026-02-25",
          "TJS/USD at timesca: 0.09100 → 0.12000, +31.87 % (31.85 to 31.89), 2026-02-25",
        ])
    #expect(
      lateness(run) == [.bool(true), .bool(true), .bool(true), .bool(true), nil, nil])
    run.publish([("0.10200", days[2]), ("0.12000", days[4])])
    #expect(run.sent.count == 6)
  }

  // MARK: Missing and suspect rates

  @Test(
    "moves no alert before it is found: neither failures nor missing publications fire or resolve one"
  )
  func absence() throws {
    let calendar = PublicationCalendar(zone: "UTC", hour: 8, minute: 0)
    var pending = try rule("rate > 0.1")
    pending.name = "pending"
    pending.hold = .publications(2)
    var run = EngineRun(
      rules: [
        try rule("rate > 0.1"), pending, Rule(name: "low", condition: try Condition("rate < 0.1")),
      ],
      schedule: .calendar(calendar), dating: .fixing)
    run.publish("0.10563")
    #expect(run.types == ["alert.firing → console, ops"])
    for hour in 0..<200 {
      run.pass(.seconds(3600))
      switch hour % 4 {
      case 0: run.fetch(.failed(because: "the server answered HTTP 503", retryAfter: nil))
      case 1: run.fetch(.unreachable(because: "timed out"))
      case 2: run.fetch(.failed(because: "the list is empty", retryAfter: nil))
      default: run.fetch(.unchanged)
      }
    }
    #expect(
      Set(run.sent.dropFirst().map(\.notification.type))
        == [.sourceDown, .sourceRecovered, .sourceStale])
    #expect(run.fired.map(\.key.rule) == ["move"])
    #expect(run.resolved == [:])
    run.publish("0.10570")
    #expect(run.fired.map(\.key.rule) == ["move", "pending"])
  }

  @Test("and a suspect or missing rate neither fires nor resolves an alert")
  func suspects() throws {
    var run = EngineRun(rules: [
      try rule("rate > 0.1"), Rule(name: "low", condition: try Condition("rate < 0.1")),
    ])
    run.publish("0.10563")
    run.pass(.seconds(3600))
    run.publish("0.00106")
    run.pass(.seconds(3600))
    run.fetch(
      .read(SourceReading(valueDate: run.now.day, observations: []), bodyHash: "", validators: nil))
    #expect(
      run.sent.map(\.notification.type) == [.alertFiring, .sourceSuspect, .sourceVanished])
    #expect(run.resolved == [:])
  }
}
