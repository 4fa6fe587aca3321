import FXCore
import Testing

@Suite("A section of the settings")
struct SettingsSectionTests {
  /// Reads a section; returns the value and the reported problems.
  private func reading<Value>(
    _ node: SettingsNode, _ body: (SettingsSection) -> Value
  ) -> (value: Value, problems: [String]) {
    let problems = SettingsProblems()
    let value = body(SettingsSection(node, path: ["rules", "big-move"], problems: problems))
    return (value, problems.all.map(\.description))
  }

  @Test("reads a key without a value as an absent one")
  func nothingWritten() {
    let (value, problems) = reading(.map([.entry("when", line: 2, .absent)])) { section in
      (section.string("when"), section.duration("every"), section.strings("pairs"))
    }
    #expect(value.0 == nil && value.1 == nil && value.2 == nil)
    #expect(problems.isEmpty)
  }

  @Test("returns texts, flags, numbers and durations as written")
  func values() {
    let node = SettingsNode.map([
      .entry("when", line: 2, .text("abs(change) > 1%")), .entry("once", line: 3, .text("true")),
      .entry("batch", line: 4, .text("false")), .entry("nominal", line: 5, .text("100")),
      .entry("every", line: 6, .text("15m")), .entry("severity", line: 7, .text("critical")),
    ])
    let (_, problems) = reading(node) { section in
      #expect(section.string("when") == "abs(change) > 1%")
      #expect(section.flag("once") == true)
      #expect(section.flag("batch") == false)
      #expect(section.integer("nominal", in: 1...10_000) == 100)
      #expect(section.duration("every", minimum: .seconds(1)) == .seconds(900))
      #expect(section.choice("severity", Severity.self) == .critical)
      #expect(section.keys == ["when", "once", "batch", "nominal", "every", "severity"])
      section.finish()
    }
    #expect(problems.isEmpty)
  }

  @Test("reads a single value as a list of one, and keeps every place")
  func lists() {
    let node = SettingsNode.map([
      .entry("pairs", line: 2, .text("KGS/USD")),
      .entry(
        "notify", line: 3,
        .list([.node(.text("console"), 3, 12), .node(.text("ops"), 3, 21)])),
    ])
    let (_, problems) = reading(node) { section in
      #expect(section.strings("pairs")?.map(\.text) == ["KGS/USD"])
      #expect(section.strings("pairs")?.map(\.mark) == [.at(2, 9)])
      #expect(section.strings("notify")?.map(\.text) == ["console", "ops"])
      #expect(section.strings("notify")?.map(\.mark) == [.at(3, 12), .at(3, 21)])
    }
    #expect(problems.isEmpty)
  }

  @Test(
    "reports the place of an invalid value, its text and what to write",
    arguments: [
      ("once", "yes", "'yes' is not true or false"),
      ("nominal", "1.5", "'1.5' is not a whole number from 1 to 10000"),
      ("nominal", "0", "'0' is not a whole number from 1 to 10000"),
      (
        "nominal", "99999999999999999999",
        "'99999999999999999999' is not a whole number from 1 to 10000"
      ),
      ("every", "15", "'15' is not a duration; write it like 90s, 15m, 24h or 7d"),
      ("every", "15 m", "'15 m' is not a duration; write it like 90s, 15m, 24h or 7d"),
      ("every", "-1s", "'-1s' is not a duration; write it like 90s, 15m, 24h or 7d"),
      ("every", "0", "'0' is too short; use 1s or more"),
      (
        "severity", "warn",
        "'warn' is not one of info, notice, warning, critical; did you mean 'warning'?"
      ),
      (
        "severity", "Warning",
        "'Warning' is not one of info, notice, warning, critical; did you mean 'warning'?"
      ),
      (
        "severity", "critcal",
        "'critcal' is not one of info, notice, warning, critical; did you mean 'critical'?"
      ),
      ("pair", "EURUS", "'EURUS' is not a currency pair; write it like EUR/USD"),
      ("pair", "EUR\u{1B}[2J", "'EUR\\u{1B}[2J' is not a currency pair; write it like EUR/USD"),
    ])
  func badValues(key: String, text: String, message: String) {
    let (_, problems) = reading(.map([.entry(key, line: 12, .text(text))])) { section in
      #expect(section.flag("once") == nil)
      #expect(section.integer("nominal", in: 1...10_000) == nil)
      #expect(section.duration("every", minimum: .seconds(1)) == nil)
      #expect(section.choice("severity", Severity.self) == nil)
      #expect(
        section.value(
          "pair", expected: "a currency pair; write it like EUR/USD", { CurrencyPair($0) }) == nil)
    }
    #expect(problems == ["etc/fxwatch.yaml:12:9: rules.big-move.\(key): \(message)"])
  }

  @Test("reports lists and maps in place of one value")
  func wrongKinds() {
    let node = SettingsNode.map([
      .entry("when", line: 2, .list([.node(.text("rate > 1"), 2, 10)])),
      .entry("summary", line: 3, .map([])),
      .entry("pairs", line: 4, .map([])),
      .entry(
        "notify", line: 5,
        .list([.node(.text("ops"), 5, 12), .node(.list([]), 5, 17), .node(.absent, 5, 21)])),
      .entry("sources", line: 6, .list([])),
      .entry("guards", line: 7, .text("off")),
    ])
    let (_, problems) = reading(node) { section in
      #expect(section.string("when") == nil)
      #expect(section.string("summary") == nil)
      #expect(section.strings("pairs") == nil)
      #expect(section.strings("notify")?.map(\.text) == ["ops"])
      #expect(section.sections("sources").isEmpty)
      #expect(section.section("guards")?.keys == [])
    }
    #expect(
      problems == [
        "etc/fxwatch.yaml:2:9: rules.big-move.when: expected one value, found a list",
        "etc/fxwatch.yaml:3:9: rules.big-move.summary: expected one value, found keys and values",
        "etc/fxwatch.yaml:4:9: rules.big-move.pairs: expected a list, found keys and values",
        "etc/fxwatch.yaml:5:17: rules.big-move.notify: expected one value, found a list",
        "etc/fxwatch.yaml:5:21: rules.big-move.notify: expected one value, found nothing",
        "etc/fxwatch.yaml:6:9: rules.big-move.sources: expected names with their settings, "
          + "found a list",
        "etc/fxwatch.yaml:7:9: rules.big-move.guards: expected keys and values, found 'off'",
      ])
  }

  @Test("reports a missing key with the reason, at the section")
  func missing() {
    let node = SettingsNode.map([.entry("when", line: 2, .absent)])
    let (value, problems) = reading(node) { section in
      section.requiredString("when", because: "a rule needs a condition")
    }
    #expect(value == nil)
    #expect(
      problems == [
        "etc/fxwatch.yaml:1:1: rules.big-move: 'when' is missing; a rule needs a condition"
      ])
  }

  @Test("returns a required text, also an empty one, without a problem")
  func required() {
    let (value, problems) = reading(.map([.entry("when", line: 2, .text(""))])) { section in
      section.requiredString("when", because: "a rule needs a condition")
    }
    #expect(value == "")
    #expect(problems.isEmpty)
  }

  @Test("reports every key that was not read, at the key, with the nearest known one")
  func unknownKeys() {
    let node = SettingsNode.map([
      .entry("pairz", line: 2, .text("KGS/USD")), .entry("when", line: 3, .text("rate > 1")),
      .entry("colour", line: 4, .text("red")),
    ])
    let (_, problems) = reading(node) { section in
      _ = section.string("when")
      _ = section.strings("pairs")
      _ = section.strings("notify")
      section.finish()
    }
    #expect(
      problems == [
        "etc/fxwatch.yaml:2:1: rules.big-move: unknown key 'pairz'; expected one of notify, pairs, "
          + "when; did you mean 'pairs'?",
        "etc/fxwatch.yaml:4:1: rules.big-move: unknown key 'colour'; expected one of notify, pairs, "
          + "when",
      ])
  }

  @Test("reports a list or a text in place of a map, and reads it as empty")
  func notAMap() {
    #expect(
      reading(.node(.list([]), 3, 5), \.keys)
        == (
          [], ["etc/fxwatch.yaml:3:5: rules.big-move: expected keys and values, found a list"]
        ))
    #expect(
      reading(.node(.text("on"), 3, 5), \.keys)
        == ([], ["etc/fxwatch.yaml:3:5: rules.big-move: expected keys and values, found 'on'"])
    )
    #expect(reading(.node(.absent, 3, 5), \.keys) == ([], []))
  }

  @Test("returns named sections in the order written, each at the place of its name")
  func namedSections() {
    let node = SettingsNode.map([
      .entry(
        "sources", line: 2,
        .map([
          .entry("timesca", line: 3, .map([.entry("every", line: 4, .text("15m"))])),
          .entry("cbu", line: 5, .absent),
          .entry("timesca", line: 6, .map([.entry("every", line: 7, .text("1x"))])),
        ]))
    ])
    let (_, problems) = reading(node) { section in
      let sources = section.sections("sources")
      #expect(sources.map(\.name) == ["timesca", "cbu"])
      #expect(sources.map(\.section.path).last == ["rules", "big-move", "sources", "cbu"])
      #expect(sources.first?.section.duration("every") == .seconds(900))
      for (_, section) in sources {
        _ = section.requiredString("preset", because: "a source needs one")
      }
    }
    #expect(
      problems == [
        "etc/fxwatch.yaml:3:1: rules.big-move.sources.timesca: 'preset' is missing; "
          + "a source needs one",
        "etc/fxwatch.yaml:5:1: rules.big-move.sources.cbu: 'preset' is missing; a source needs one",
      ])
  }

  @Test("reports problems at a key, inside a value, or at itself")
  func ownProblems() {
    let node = SettingsNode.map([.entry("every", line: 4, .text("1s"))])
    let (_, problems) = reading(node) { section in
      section.problem("every", "a bank is asked every second", isWarning: true)
      section.problem("pairs", at: .at(5, 14), "'X' is not a pair")
      section.problem(nil, "nothing to do")
      section.problem("when", "never true")
    }
    #expect(
      problems == [
        "etc/fxwatch.yaml:1:1: rules.big-move: nothing to do",
        "etc/fxwatch.yaml:1:1: rules.big-move.when: never true",
        "etc/fxwatch.yaml:4:9: warning: rules.big-move.every: a bank is asked every second",
        "etc/fxwatch.yaml:5:14: rules.big-move.pairs: 'X' is not a pair",
      ])
  }
}
