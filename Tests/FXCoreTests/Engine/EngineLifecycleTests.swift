import FXCore
import Testing

@Suite("The engine, through the life of an alert")
struct EngineLifecycleTests {
  private func rule(_ condition: String = "rate > 0.1") throws -> Rule {
    Rule(name: "high", condition: try Condition(condition))
  }

  private func silence(_ hours: Int, from now: Timestamp) throws -> Silence {
    Silence(
      id: 7, matchers: [try SilenceMatcher("pair=TJS/*")], author: "ana", reason: "known",
      created: now, until: now + .seconds(3600 * hours))
  }

  @Test("sends reminders by the clock, with the current rates, until the alert is resolved")
  func reminders() throws {
    var rule = try rule()
    rule.remind = .seconds(24 * 3600)
    var run = EngineRun(rules: [rule])
    run.publish("0.10563")
    run.pass(.seconds(50 * 3600))
    run.publish("0.09168")
    run.pass(.seconds(50 * 3600))
    #expect(
      run.types == [
        "alert.firing → console, ops", "alert.reminder → console, ops",
        "alert.reminder → console, ops", "alert.resolved → console, ops",
      ])
    #expect(
      run.sent[1].notification.payload.description == """
        {"type":"alert.reminder","timestamp":"2026-02-21T09:00:00.000Z","data":{"version":1,\
        "alert_id":"\(run.fired[0].id)","rule":"high","kind":"state","severity":"warning",\
        "summary":"still firing: TJS/USD at timesca: 0.10563","source":"timesca","pair":"TJS/USD",\
        "base":"TJS","quote":"USD","side":"mid","rate":"0.10563","printed":"0.10563","nominal":1,\
        "tick":"0.00001","value_date":"2026-02-20","observed_at":"2026-02-20T09:00:00.000Z",\
        "fired_at":"2026-02-20T09:00:00.000Z","previous":null,"change":null,\
        "published_change":null,"condition":"rate > 0.1","labels":{},"headlines":[]}}
        """)
    #expect(run.resolved[run.fired[0].id] == EngineRun.start + .seconds(50 * 3600))
  }

  @Test("sends a notifier only the kinds of events that it chooses")
  func choices() throws {
    var rule = try rule()
    rule.remind = .seconds(24 * 3600)
    var run = EngineRun(
      rules: [rule], events: ["ops": [.firing, .resolved], "console": [.reminder, .source]])
    run.publish("0.10563")
    run.pass(.seconds(30 * 3600))
    run.publish("0.09168")
    #expect(
      run.types == ["alert.firing → ops", "alert.reminder → console", "alert.resolved → ops"])
  }

  @Test("sends labels and summaries unchanged, whatever their length and characters")
  func evidence() throws {
    var rule = try rule()
    let long = String(repeating: "“owner”\t\\ \"desk\"\n", count: 300)
    rule.labels = [.init("who", long)]
    rule.summary = try SummaryTemplate("{pair} \"at\" {rate}")
    var run = EngineRun(rules: [rule])
    run.publish("0.10563")
    let data = try #require(run.sent.first?.notification.data)
    #expect(data["labels"] == .object([.init("who", .string(long))]))
    #expect(data["summary"] == .string("TJS/USD \"at\" 0.10563"))
    #expect(data["headlines"] == .array([]))
    #expect(run.sent.first?.summary == "TJS/USD \"at\" 0.10563")
    #expect(run.fired.first?.data == run.sent.first?.notification.text)
  }

  @Test("does not move an alert by the clock alone if its rule does not depend on the clock")
  func clockMovesNothing() throws {
    var rule = try rule("change(24h) > 1%")
    rule.remind = .seconds(3600)
    var run = EngineRun(rules: [rule])
    run.publish("0.09168")
    run.pass(.seconds(24 * 3600))
    run.publish("0.10563")
    run.pass(.seconds(30 * 3600))
    #expect(run.types.first == "alert.firing → console, ops")
    #expect(run.types.dropFirst().allSatisfy { $0 == "alert.reminder → console, ops" })
    #expect(run.sent.count == 31)
    #expect(run.resolved.isEmpty)
  }

  @Test(
    "records a silenced alert without sending it, and sends it after the silence if it still fires")
  func silenced() throws {
    var run = EngineRun(rules: [try rule()])
    run.setSuppressions(Suppressions(silences: [try silence(8, from: run.now)]))
    run.publish("0.10563")
    run.pass(.seconds(3600))
    run.publish("0.09168")
    run.pass(.seconds(3600))
    run.publish("0.10600")
    #expect(run.types == ["alert.firing → ", "alert.resolved → ", "alert.firing → "])
    #expect(run.sent[0].notification.data["silence"] == .number("7"))
    let ids = run.fired.map(\.id)
    #expect(Set(ids).count == 2)
    run.pass(.seconds(24 * 3600))
    #expect(run.types.dropFirst(3) == ["alert.firing → console, ops"])
    let announced = run.sent[3].notification
    #expect(announced.timestamp == EngineRun.start + .seconds(8 * 3600))
    #expect(announced["alert_id"] == ids[1])
    #expect(announced["fired_at"] == "2026-02-20T11:00:00.000Z")
    #expect(announced.data["silence"] == nil)
    run.publish("0.09168")
    #expect(run.types.dropFirst(4) == ["alert.resolved → console, ops"])
  }

  @Test(
    "sends the resolution of an alert that was sent, even if silenced, and nothing else meanwhile")
  func silencedEnd() throws {
    var run = EngineRun(rules: [try rule()])
    run.publish("0.10563")
    run.pass(.seconds(3600))
    run.setSuppressions(Suppressions(silences: [try silence(8, from: run.now)]))
    run.publish("0.09168")
    run.pass(.seconds(3600))
    run.publish("0.10600")
    run.pass(.seconds(3600))
    run.publish("0.09168")
    #expect(
      run.types == [
        "alert.firing → console, ops", "alert.resolved → console, ops", "alert.firing → ",
        "alert.resolved → ",
      ])
    #expect(
      run.sent.map { $0.notification.data["silence"]?.text } == [nil, nil, "7", "7"])
  }

  @Test("sends a firing alert at once when its silence is ended early")
  func endedSilence() throws {
    var run = EngineRun(rules: [try rule()])
    run.setSuppressions(Suppressions(silences: [try silence(8, from: run.now)]))
    run.publish("0.10563")
    run.pass(.seconds(3600))
    run.setSuppressions(Suppressions())
    #expect(run.types == ["alert.firing → ", "alert.firing → console, ops"])
  }

  @Test("sends no reminder of an acknowledged alert, but its resolution")
  func acknowledged() throws {
    var rule = try rule()
    rule.remind = .seconds(3600)
    var run = EngineRun(rules: [rule])
    run.publish("0.10563")
    func known(_ until: Timestamp?) -> Suppressions {
      Suppressions(acknowledgements: [
        Acknowledgement(
          id: 1, alertID: run.fired[0].id, author: "ana", reason: "on it",
          created: run.now, until: until)
      ])
    }
    run.setSuppressions(known(run.now + .seconds(5 * 3600)))
    run.pass(.seconds(5 * 3600))
    #expect(
      run.types == ["alert.firing → console, ops", "alert.reminder → console, ops"])
    #expect(run.sent[1].notification.timestamp == EngineRun.start + .seconds(5 * 3600))
    run.setSuppressions(known(nil))
    run.pass(.seconds(50 * 3600))
    run.publish("0.09168")
    #expect(run.types.dropFirst(2) == ["alert.resolved → console, ops"])
  }

  @Test("marks the last event before a flapping alert is suspended")
  func flapping() throws {
    var run = EngineRun(rules: [try rule()])
    for step in 0..<12 {
      run.publish(step.isMultiple(of: 2) ? "0.10563" : "0.09168")
      run.pass(.seconds(3600))
    }
    #expect(run.sent.count == 5)
    #expect(
      run.sent.map { $0.notification.data["flapping"] } == [nil, nil, nil, nil, .bool(true)])
    #expect(
      run.sent[4].notification["summary"] == "TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % "
        + "(15.20 to 15.23) (flapping: no further notifications until stable)")
    for step in 0..<8 {
      run.publish("0.0916\(step)")
      run.pass(.seconds(3600))
    }
    #expect(run.types.dropFirst(5) == ["alert.resolved → console, ops"])
  }

  @Test("resolves an alert when its rule expires")
  func expired() throws {
    var rule = try rule()
    rule.expires = EngineRun.start.day
    var run = EngineRun(rules: [rule])
    run.publish("0.10563")
    run.pass(.seconds(24 * 3600))
    run.publish("0.09168")
    run.publish("0.10563")
    #expect(run.types == ["alert.firing → console, ops", "alert.resolved → console, ops"])
    #expect(run.sent.last?.notification["reason"] == "expired")
    #expect(
      run.sent.last?.notification["summary"]
        == "resolved, because the rule expired: TJS/USD at timesca: 0.10563")
    let midnight = try #require(Timestamp(text: "2026-02-21"))
    #expect(run.resolved == [run.fired[0].id: midnight])
  }

  // MARK: Shared outputs

  @Test("sends an event once to notifiers that write to the same place, at once and in digests")
  func sharedPlace() throws {
    let quiet = QuietHours(name: "all", zone: "UTC", from: 10 * 60, to: 18 * 60)
    var alone = Rule(name: "alone", condition: try Condition("abs(change) > 1%"))
    alone.notify = ["console"]
    var run = EngineRun(
      rules: [try rule("abs(change) > 1%"), alone], quiet: [quiet],
      repeats: ["console": ["ops"]])
    run.publish("0.09168")
    run.pass(.seconds(60))
    run.publish("0.10563")
    #expect(run.types == ["alert.firing → ops", "alert.firing → console"])
    run.pass(.seconds(2 * 3600))
    run.publish("0.11563")
    run.pass(.seconds(24 * 3600))
    #expect(
      run.types.dropFirst(2) == [
        "alert.firing → ", "alert.firing → ", "digest → ops", "digest → console",
      ])
  }

  // MARK: Quiet hours

  private let nights = QuietHours(
    name: "nights", zone: "UTC", from: 10 * 60, to: 18 * 60, pass: .critical, notify: ["ops"])

  @Test("holds events in quiet hours below the severity that passes, and sends them in one digest")
  func digest() throws {
    var low = Rule(name: "low", condition: try Condition("rate < 0.1"))
    low.severity = .critical
    var run = EngineRun(rules: [try rule(), low], quiet: [nights])
    run.pass(.seconds(3600))
    run.publish("0.10563")
    run.pass(.seconds(3600))
    run.publish("0.09168")
    run.pass(.seconds(3600))
    run.publish("0.10600")
    #expect(
      run.types == [
        "alert.firing → console", "alert.resolved → console", "alert.firing → console, ops",
        "alert.firing → console", "alert.resolved → console, ops",
      ])
    #expect(run.held.map(\.key.sequence) == [1, 2, 4])
    run.pass(.seconds(10 * 3600))
    #expect(run.held == [])
    #expect(run.types.dropFirst(5) == ["digest → ops"])
    #expect(
      run.sent[5].notification.payload.description == """
        {"type":"digest","timestamp":"2026-02-20T18:00:00.000Z","data":{"version":1,\
        "notifier":null,"severity":"warning",\
        "summary":"in quiet hours 2 alerts fired, 1 still holds; \
        first: resolved: TJS/USD at timesca: 0.10563 → 0.09168, -13.21 % (-13.22 to -13.19)",\
        "reason":"quiet hours","since":"2026-02-20T10:00:00.000Z","events":3,"entries":[\
        {"id":"\(run.sent[1].notification.id)","type":"alert.resolved",\
        "timestamp":"2026-02-20T10:00:00.000Z","about":"timesca TJS/USD",\
        "alert_id":"\(run.fired[0].id)",\
        "rule":"high","source":"timesca","pair":"TJS/USD","severity":"warning","summary":\
        "resolved: TJS/USD at timesca: 0.10563 → 0.09168, -13.21 % (-13.22 to -13.19)",\
        "still_holds":false},{"id":"\(run.sent[3].notification.id)","type":"alert.firing",\
        "timestamp":"2026-02-20T12:00:00.000Z","about":"timesca TJS/USD",\
        "alert_id":"\(run.fired[2].id)","rule":"high","source":"timesca","pair":"TJS/USD",\
        "severity":"warning","summary":"TJS/USD at timesca: 0.09168 → 0.10600, +15.62 % \
        (15.60 to 15.64)","still_holds":true}]}}
        """)
  }

  @Test("sends one digest to notifiers that share quiet hours, and none without events")
  func sharedDigest() throws {
    let all = QuietHours(name: "all", zone: "UTC", from: 10 * 60, to: 18 * 60)
    var run = EngineRun(rules: [try rule("abs(change) > 1%")], quiet: [all])
    run.publish("0.09168")
    run.pass(.seconds(2 * 3600))
    run.publish("0.10563")
    run.pass(.seconds(48 * 3600))
    #expect(run.types == ["alert.firing → ", "digest → console, ops"])
    #expect(run.sent[1].notification.data["entries"]?.elements?.first?["still_holds"] == .null)
  }
}
