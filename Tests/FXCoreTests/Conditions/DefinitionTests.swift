import FXCore
import Testing

@Suite("A named expression")
struct DefinitionTests {
  private static let known = Rule.KnownNames(
    sources: ["ecb"], notifiers: ["console"], zones: BerlinZones())

  /// Reads `let` at the top, and a rule with its own `let`.
  private func read(
    top: [SettingsEntry] = [], own: [SettingsEntry] = [], when condition: String,
    summary: String? = nil
  ) -> (rule: Rule?, problems: [String]) {
    let problems = SettingsProblems()
    func section(_ entries: [SettingsEntry], _ path: [String]) -> SettingsSection {
      SettingsSection(.map(entries), path: path, problems: problems)
    }
    var entries: [SettingsEntry] = [.entry("when", line: 9, .text(condition))]
    if !own.isEmpty { entries.append(.entry("let", line: 8, .map(own))) }
    if let summary { entries.append(.entry("summary", line: 10, .text(summary))) }
    let rules = Rule.readAll(
      [("r", section(entries, ["rules", "r"]))],
      definedBy: top.isEmpty ? nil : section(top, ["let"]), known: Self.known)
    return (rules.first, problems.all.map(\.description))
  }

  @Test("is the same as its text in the place of its name")
  func meaning() throws {
    let (rule, problems) = read(
      top: [
        .entry("budget", line: 1, .text("1.20")),
        .entry("calm", line: 2, .text("abs(change) < 1%")),
      ],
      own: [.entry("distance", line: 3, .text("rate / budget - 1"))],
      when: "distance > 0.03 and calm and age < 24h")
    #expect(problems == [])
    let condition = try #require(rule?.condition)
    #expect(
      condition.fullText
        == "distance > 0.03 and calm and age < 24h where budget = 1.20, calm = abs(change) < 1%,"
        + " distance = rate / budget - 1")
    let plain = try Condition("rate / 1.20 - 1 > 0.03 and abs(change) < 1% and age < 24h")
    #expect(condition.kind == plain.kind)
    #expect(condition.moveThresholds == plain.moveThresholds)
    for rates in [["1.2000", "1.2300"], ["1.2390", "1.2400"], ["1.2100", "1.2400"]] {
      let series = try #require(ConditionSeries(rates, scale: 4))
      let now = series.lastPublished
      #expect(
        condition.evaluate(on: series, at: now, certainty: .certain)
          == plain.evaluate(on: series, at: now, certainty: .certain))
      #expect(
        condition.nextClockChange(after: now, on: series)
          == plain.nextClockChange(after: now, on: series))
    }
  }

  @Test("that is a ratio is compared with a fraction, which the error proposes for a percentage")
  func ratio() {
    let (_, problems) = read(
      own: [.entry("margin", line: 1, .text("rate / at(24h) - 1"))], when: "margin > 0.5%")
    #expect(problems.count == 1)
    #expect(problems[0].contains("cannot compare a number with a percentage; write 0.005"))
  }

  @Test("changes the rules that use it, and no other")
  func fingerprint() {
    func fingerprint(_ budget: String, when condition: String) -> String? {
      read(top: [.entry("budget", line: 1, .text(budget))], when: condition).rule?.fingerprint
    }
    #expect(
      fingerprint("1.20", when: "rate > budget") != fingerprint("1.21", when: "rate > budget"))
    #expect(fingerprint("1.20", when: "rate > 1") == fingerprint("1.21", when: "rate > 1"))
  }

  @Test("is explained with its text, its value and its parts")
  func steps() throws {
    let (rule, _) = read(
      own: [
        .entry("top", line: 1, .text("max(2 publications before)")),
        .entry("rises", line: 2, .text("rate > top and change > 1%")),
      ], when: "rises and rate > 1")
    let series = try #require(ConditionSeries(["1.2000", "1.2100", "1.2400"], scale: 4))
    let steps = try #require(rule?.condition).steps(
      on: series, at: series.lastPublished, certainty: .certain)
    #expect(steps.map(\.text) == ["rate > top", "change > 1%", "rate > 1"])
    #expect(
      steps.first?.operands.map(\.text) == ["rate", "top (max(2 publications before))"])
  }

  @Test(
    "reports an error at its place",
    arguments: [
      (["a": "rate +"], "rate > 1", ["let.a"]),
      (["rate": "1"], "rate > 1", ["let.rate"]),
      (["2a": "1"], "rate > 1", ["let.2a"]),
      (["since": "1"], "rate > 1", ["let.since"]),
      (["a": "rate > 1% "], "rate > 1", ["let.a"]),
      (["a": "spread(bank)"], "rate > 1", ["let.a"]),
      (["a": "rate * a"], "rate > 1", ["let.a"]),
      (["a": "change(7d)"], "rate > 1 or a", ["rules.r.when"]),
      (["a": "1.5"], "rate > a(3)", ["rules.r.when"]),
      (["a": "1.5"], "rate > 1", ["let.a"]),
    ] as [([String: String], String, [String])])
  func problems(definitions: [String: String], condition: String, places: [String]) {
    let top = definitions.sorted { $0.key < $1.key }.map { name, text in
      SettingsEntry.entry(name, line: 1, .text(text))
    }
    let problems = read(top: top, when: condition).problems
    for (problem, place) in zip(problems, places) {
      #expect(problem.contains(place), "\(problem)")
    }
    #expect(!problems.isEmpty)
  }

  @Test("is not expanded without end, and not more often than 64 times")
  func bounds() {
    let (rule, problems) = read(
      top: (1...7).map { .entry("a\($0)", line: $0, .text("a\($0 - 1) + a\($0 - 1)")) }
        + [.entry("a0", line: 8, .text("rate"))], when: "a7 > 1")
    #expect(rule == nil)
    #expect(problems.contains { $0.contains("at most 64 times") })
    let cycle = read(
      top: [.entry("a", line: 1, .text("b + 1")), .entry("b", line: 2, .text("a + 1"))],
      when: "rate > 1")
    #expect(cycle.problems.contains { $0.contains("'a' is defined by itself: a uses b uses a") })
  }
}
