import FXCore
import Testing

@Suite("The tracker of alerts")
struct AlertTrackerTests {
  private static let start = ComponentRun.start

  private static func rule(_ change: (inout Rule) -> Void = { _ in }) throws -> Rule {
    var rule = Rule(name: "high", condition: try Condition("rate > 1"))
    change(&rule)
    return rule
  }

  private static func key() throws -> AlertKey {
    AlertKey(
      rule: "high",
      series: Series(
        source: ComponentRun.source, pair: try #require(CurrencyPair("USD/KGS")), side: .mid))
  }

  @Test("fires an alert, and resolves it under the same identifier")
  func lifecycle() throws {
    var run = ComponentRun(rules: [try Self.rule()], dating: .pageDay)
    let fired = run.publish(["USD/KGS 1.10"])
    let id = try #require(fired.flatMap(\.changeset.fired).map(\.id).first)
    #expect(run.tables.progress(of: try Self.key())?.firing?.alertID == id)
    let now = Self.start + .seconds(60)
    let resolved = run.publish(["USD/KGS 0.99"], at: now)
    #expect(resolved.map(\.changeset.resolved) == [[id: now]])
    #expect(run.tables.progress(of: try Self.key())?.firing == nil)
  }

  @Test("sends to the notifiers of the rule")
  func recipients() throws {
    var run = ComponentRun(rules: [try Self.rule { $0.notify = ["ops"] }])
    let events = run.publish(["USD/KGS 1.10"]).flatMap(\.changeset.events)
    #expect(events.map(\.recipients) == [["ops"]])
    #expect(events.map(\.orderingKey) == ["bank USD/KGS"])
  }

  @Test("records a silenced alert without recipients, and sends it when the silence ends")
  func silenced() throws {
    var run = ComponentRun(rules: [try Self.rule()])
    let until = Self.start + .seconds(3600)
    run.alerts.setSuppressions(
      Suppressions(silences: [
        Silence(
          id: 1, matchers: [.rule(NamePattern("high"))], author: "ana", reason: "known",
          created: Self.start,
          until: until)
      ]), on: run.tables, now: Self.start)
    let fired = run.publish(["USD/KGS 1.10"])
    #expect(fired.flatMap(\.changeset.events).map(\.recipients) == [[]])
    #expect(fired.flatMap(\.decision.alarms).map(\.at) == [until])
    #expect(run.wake(at: until - .milliseconds(1)).changeset.events == [])
    let sent = run.wake(at: until).changeset.events
    #expect(sent.map(\.recipients) == [["console", "ops"]])
    #expect(
      sent.map { $0.notification["alert_id"] } == fired.flatMap(\.changeset.fired).map(\.id))
  }

  @Test("sets an alarm for the reminder, and cancels it when the alert is resolved")
  func alarms() throws {
    var run = ComponentRun(
      rules: [try Self.rule { $0.remind = .seconds(3600) }], dating: .pageDay)
    let fired = run.publish(["USD/KGS 1.10"])
    #expect(
      fired.flatMap(\.decision.alarms)
        == [AlarmChange(key: try Self.key(), at: Self.start + .seconds(3600))])
    let reminder = run.wake(at: Self.start + .seconds(3600))
    #expect(reminder.changeset.events.map(\.notification.type) == [.alertReminder])
    let resolved = run.publish(["USD/KGS 0.99"], at: Self.start + .seconds(3700))
    #expect(resolved.flatMap(\.decision.alarms) == [AlarmChange(key: try Self.key(), at: nil)])
    #expect(run.wake(at: Self.start + .seconds(86_400)).changeset.events == [])
  }

  @Test(
    "restores the alerts of unchanged rules, and those of changed ones until they are evaluated")
  func restore() throws {
    for (isUnchanged, rule) in [(true, try Self.rule()), (false, try Self.rule { $0.once = true })]
    {
      var run = ComponentRun(rules: [rule])
      _ = run.publish(["USD/KGS 0.99"])
      let state = AlertState(
        .firing(alertID: "a", since: Self.start), ruleFingerprint: try Self.rule().fingerprint)
      var (tables, changes) = (run.tables, Changeset())
      run.alerts.restore(
        [try Self.key(): state], into: &tables, now: Self.start, changes: &changes)
      #expect(tables.progress(of: try Self.key()) == state.progress)
      #expect(changes.resolved == [:])
      let changed = AlertState(
        state.progress, ruleFingerprint: rule.fingerprint, recipients: [])
      #expect(changes.alerts == (isUnchanged ? [:] : [try Self.key(): changed]))
    }
  }
}
