import FXCore
import Testing

@Suite("The lifecycle of a rule in the config")
struct RuleLifecycleSettingsTests {
  private func read(_ entries: [SettingsEntry]) -> (rule: Rule?, problems: [String]) {
    let problems = SettingsProblems()
    let section = SettingsSection(.map(entries), path: ["rules", "r"], problems: problems)
    let rule = Rule.read(
      name: "r", from: section,
      known: .init(sources: ["ecb"], notifiers: ["console"], zones: BerlinZones()))
    return (rule, problems.all.map(\.description))
  }

  @Test("is read")
  func read() throws {
    let (rule, problems) = read([
      .entry("when", line: 2, .text("rate > 90")), .entry("remind", line: 3, .text("24h")),
      .entry("once", line: 4, .text("true")), .entry("expires", line: 5, .text("2026-12-31")),
      .entry("at_most", line: 6, .text("2 per 6h")),
    ])
    #expect(problems == [])
    let policy = try #require(rule?.policy)
    #expect(
      policy
        == AlertPolicy(
          kind: .state, hold: .publications(0), hasRelease: false, remind: .seconds(86_400),
          once: true, end: Timestamp(text: "2027-01-01"),
          limit: FiringLimit(count: 2, period: .seconds(21_600))))
    #expect(policy.hasEnded(at: try #require(Timestamp(text: "2027-01-01T00:00:00Z"))))
    #expect(!policy.hasEnded(at: try #require(Timestamp(text: "2026-12-31T23:59:59.999Z"))))
  }

  @Test("is off by default")
  func defaults() {
    let rule = read([.entry("when", line: 2, .text("rate > 90"))]).rule
    #expect(
      rule?.policy
        == AlertPolicy(kind: .state, hold: .publications(0), hasRelease: false))
  }

  @Test(
    "reports an error",
    arguments: [
      ("remind", "daily", "'daily' is not a duration; write it like 90s, 15m, 24h or 7d"),
      ("remind", "30s", "'30s' is too short; use 1m or more"),
      ("once", "yes", "'yes' is not true or false"),
      ("expires", "31.12.2026", "'31.12.2026' is not a day; write it like 2026-12-31"),
    ])
  func problems(key: String, value: String, message: String) {
    let problems = read([
      .entry("when", line: 2, .text("rate > 90")), .entry(key, line: 3, .text(value)),
    ]).problems
    #expect(problems == ["etc/fxwatch.yaml:3:9: rules.r.\(key): \(message)"])
  }

  @Test("has no reminders of an event")
  func remindOfEvent() {
    let problems = read([
      .entry("when", line: 2, .text("abs(change) > 1%")), .entry("remind", line: 3, .text("24h")),
    ]).problems
    #expect(
      problems == [
        "etc/fxwatch.yaml:3:9: rules.r.remind: 'remind' requires a state, but 'when' is an event, "
          + "which does not last; remove 'remind', or use a state such as change(24h)"
      ])
  }

  @Test("re-arms a rule that fires once or no longer does, and no other")
  func fingerprints() throws {
    let rule = Rule(name: "r", condition: try Condition("rate > 90"))
    var other = rule
    other.remind = .seconds(3600)
    other.expires = CalendarDay(text: "2026-12-31")
    other.severity = .critical
    #expect(other.fingerprint == rule.fingerprint)
    other.once = true
    #expect(other.fingerprint != rule.fingerprint)
  }
}
