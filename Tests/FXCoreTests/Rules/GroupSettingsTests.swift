import FXCore
import Testing

@Suite("A rule with at_least or all")
struct GroupSettingsTests {
  private static func read(
    _ entries: [SettingsEntry], _ when: String = "rate > 1"
  ) -> (group: GroupSize?, problems: [String]) {
    let problems = SettingsProblems()
    let section = SettingsSection(
      .map([.entry("when", line: 2, .text(when))] + entries), path: ["rules", "r"],
      problems: problems)
    let rule = Rule.read(
      name: "r", from: section,
      known: .init(sources: ["ecb"], notifiers: ["console"], zones: BerlinZones()))
    return (rule?.group, problems.all.map(\.message))
  }

  @Test("is read")
  func isRead() {
    #expect(Self.read([.entry("at_least", line: 3, .text("3"))]) == (.atLeast(3), []))
    #expect(Self.read([.entry("all", line: 3, .text("true"))]) == (.all, []))
    #expect(Self.read([.entry("all", line: 3, .text("false"))]) == (nil, []))
    #expect(Self.read([]) == (nil, []))
  }

  @Test("needs as many pairs as it names at most, and no window of one pair's alert")
  func conflicts() {
    let pairs = SettingsEntry.entry(
      "pairs", line: 4, .list([.node(.text("EUR/USD"), 4, 9), .node(.text("EUR/JPY"), 4, 18)]))
    #expect(
      Self.read([.entry("at_least", line: 3, .text("3")), pairs]).problems == [
        "'at_least' is 3, but 'pairs' has only 2; name more pairs, or use a smaller number"
      ])
    #expect(Self.read([.entry("at_least", line: 3, .text("2")), pairs]).problems == [])
    #expect(
      Self.read([.entry("at_least", line: 3, .text("0"))]).problems == [
        "'0' is not a number of pairs from 1 to 1000, such as 3"
      ])
    #expect(
      Self.read([
        .entry("at_least", line: 3, .text("2")), .entry("all", line: 4, .text("true")),
      ]).problems == ["'all' and 'at_least' exclude each other; remove one of them"])
    #expect(
      Self.read([.entry("all", line: 3, .text("true"))], "rate < max(since armed)").problems == [
        "windows since armed or since fired begin with the alert of one pair, and a rule with"
          + " 'at_least' or 'all' has one alert for all pairs; use a window such as 30d"
      ])
    #expect(
      Self.read([.entry("summary", line: 3, .text("{count} pairs"))]).problems == [
        "{count} and {members} are of rules with 'at_least' or 'all', which have one alert for all"
          + " pairs; remove them, or use {pair}"
      ])
  }

  @Test("is another rule than one without")
  func fingerprint() throws {
    var rule = Rule(name: "r", condition: try Condition("rate > 1"))
    let alone = rule.fingerprint
    rule.group = .atLeast(2)
    let two = rule.fingerprint
    rule.group = .all
    #expect(Set([alone, two, rule.fingerprint]).count == 3)
  }
}
