import FXCommands
import FXCore
import FXDaemon
import Foundation
import Support
import Testing

@Suite("fxwatch rules test")
struct RuleTestRunnerTests {
  private let scratch: Scratch
  private let context = RuleTestRunner(environment: [:])

  /// The project's folder, found from where this file was compiled.
  private static let project = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init() throws { scratch = try Scratch() }

  /// The report on a file of these tests, with `$` for its path.
  private func report(_ text: String, as format: Report.Format = .table) throws -> String {
    let file = try scratch.write(text, to: "tests.yaml")
    return RuleTestsReport(try context.run(file: file, config: nil)).text(as: format)
      .replacing(file, with: "$")
  }

  /// Returns the problems of a file that cannot be used.
  private func problems(_ text: String) throws -> [String] {
    let file = try scratch.write(text, to: "tests.yaml")
    do throws(CommandFailure) {
      _ = try context.run(file: file, config: nil)
      return []
    } catch {
      #expect(error.status == 78)
      return error.message.replacing(file, with: "$").split(separator: "\n").map(String.init)
    }
  }

  // MARK: Limits

  @Test("stops a test whose rules send too many events", .timeLimit(.minutes(2)))
  func reminders() throws {
    let text = try report(
      """
      sources: {bank: {every: 15m}}
      rules: {high: {when: rate > 1, remind: 60s}}
      tests:
        decade:
          steps:
            - {at: 2020-01-01 00:00, publish: {bank: {EUR/USD: 1.1}}, expect: {fires: high}}
            - {at: +3650d, publish: {bank: {EUR/USD: 0.9}}, expect: {resolves: high}}
        after: {steps: [{publish: {bank: {EUR/USD: 1.1}}, expect: {fires: high}}]}

      """)
    #expect(
      text.contains(
        "\n    - the test is stopped: its rules send more than 20000 events; use a shorter time, or "
          + "fewer reminders\n"))
    #expect(text.split(separator: "\n").count { $0.contains("(unexpected)") } == 1000)
    #expect(text.hasSuffix("ok    after: 1 alert as expected\n1 of 2 tests failed\n"))
  }

  @Test(
    "refuses a file with tests beyond its limits",
    arguments: [
      (
        "{publish: {bank: {EUR/USD: [1 x40000, 2 x40000]}}, every: 1s}",
        "more than 40000 rates up to this one; use fewer"
      ),
      (
        "{publish: {bank: {EUR/USD: 1 x40001}}, every: 1s}",
        "'1 x40001' is not a rate; write 0.01144, 7.4550 per 100, 0.01144 (-0.09%), 0.01144 x30 "
          + "(at most x40000), gone, or = for the previous one"
      ),
      (
        "{publish: {bank: {EUR/USD: 1 x9223372036854775808}}, every: 1s}",
        "'1 x9223372036854775808' is not a rate; write 0.01144, 7.4550 per 100, 0.01144 (-0.09%), "
          + "0.01144 x30 (at most x40000), gone, or = for the previous one"
      ),
      (
        "{publish: {bank: {ROWS}}, every: 1s}",
        "the step has more than 500000 rates up to this one; use fewer"
      ),
      (
        "{at: 9999-12-31 23:59, publish: {bank: {EUR/USD: 1}}}",
        "the step does not begin and end in the years 1900 to 2999, in which tests are possible"
      ),
      (
        "{at: 2000-01-01 00:00, publish: {bank: {EUR/USD: 1 x40000}}, every: 36600d}",
        "the step does not begin and end in the years 1900 to 2999, in which tests are possible"
      ),
      (
        "{at: 0001-01-01, publish: {bank: {EUR/USD: 1}}}",
        "the step does not begin and end in the years 1900 to 2999, in which tests are possible"
      ),
    ])
  func limits(step: String, problem: String) throws {
    let rows = "ABCDEFGHIJKLM".map { "EU\($0)/USD: 1 x40000" }.joined(separator: ", ")
    let found = try problems(
      """
      sources: {bank: {every: 15m}}
      rules: {high: {when: rate > 1}}
      tests: {t: {steps: [\(step.replacing("ROWS", with: rows))]}}

      """)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasSuffix(problem) == true, "\(found)")
  }

  @Test("refuses a file whose tests have too many moments together")
  func manyTests() throws {
    let step = "{publish: {bank: {EUR/USD: 1 x40000}}, every: 1s}"
    let tests = (1...13).map { "  t\($0): {steps: [\(step)]}\n" }.joined()
    let found = try problems("sources: {bank: {every: 15m}}\ntests:\n\(tests)")
    #expect(
      found == [
        "$:9:3: tests.t7: the tests of the file have more than 400000 moments or 500000 rates up to "
          + "this one; split the file"
      ])
  }

  // MARK: Shipped examples

  @Test("The shipped config passes its tests")
  func shipped() throws {
    let file = Self.project.appending(path: "etc/rules-test.yaml").path
    let runs = try context.run(file: file, config: nil)
    #expect(runs.count >= 4)
    #expect(RuleTestsReport(runs).isGood, "\(RuleTestsReport(runs).text(as: .table))")
  }

  @Test("the rules in the manual pass the test in the manual")
  func manual() throws {
    let page = try String(
      contentsOf: Self.project.appending(path: "systemd/man/fxwatch-conditions.7.md"),
      encoding: .utf8)
    let blocks = page.split(separator: "```yaml\n").dropFirst().map { block in
      String(block.prefix(upTo: block.range(of: "```")?.lowerBound ?? block.endIndex))
    }
    let rules = try #require(blocks.first { $0.hasPrefix("rules:") })
    let tests = try #require(blocks.first { $0.hasPrefix("config: my.yaml") })
    try scratch.write(
      "sources: {timesca: {preset: timesca}}\nnotifiers: {ops: {type: stdout}}\n" + rules,
      to: "my.yaml")
    let runs = try context.run(file: try scratch.write(tests, to: "tests.yaml"), config: nil)
    #expect(runs.map(\.met) == [5, 2])
    #expect(RuleTestsReport(runs).isGood, "\(RuleTestsReport(runs).text(as: .table))")
  }

  // MARK: Stories

  /// The files in Stories; the names of their tests are promises.
  private static let stories: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Stories")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appending(path: $0).path }
  }()

  @Test("Every story of the engine passes", arguments: stories)
  func story(file: String) throws {
    let report = RuleTestsReport(try context.run(file: file, config: nil))
    #expect(report.isGood, "\(report.text(as: .table))")
  }

  @Test("there are stories")
  func areStories() { #expect(Self.stories.count >= 4) }

  private static let header = """
    sources:
      page: {every: 15m}
      bank: {dating: fixing}
      ecb: {preset: ecb}

    """

  @Test("a story that goes as it should is one line")
  func passes() throws {
    #expect(
      try report(
        Self.header + """
          rules:
            high: {when: rate > 1.2, sources: [page], remind: 24h}
            silent: {when: age > 2h, sources: [page], for: 30m}
          tests:
            up and down again:
              steps:
                - {at: 2026-02-20 09:00, publish: {page: {EUR/USD: 1.1}}}
                - at: +15m
                  publish: {page: {EUR/USD: 1.3}}
                  expect: [{fires: high, rate: 1.30, source: page, severity: warning}]
                - {at: 11:45, expect: {fires: silent}}
                - {at: 2026-02-21 09:15, expect: {reminds: high}}
                - at: +1h
                  publish: {page: {EUR/USD: 1.0}}
                  expect: [{resolves: high, previous: 1.3}, {resolves: silent}]
          """) == """
          ok    up and down again: 5 alerts as expected
          1 test passed

          """)
  }

  @Test("reports what was not sent, what was sent with different content, and the reason")
  func fails() throws {
    #expect(
      try report(
        Self.header + """
          rules:
            move: {when: abs(change) > 1%, sources: [page]}
            twice: {when: rate > 1, sources: [page], for: 2}
          tests:
            a wrong expectation:
              steps:
                - {at: 2026-02-20 09:00, publish: {page: {EUR/USD: 1.10000, EUR/GBP: 0.80}}}
                - at: 2026-02-21 09:00
                  publish: {page: {EUR/USD: 1.10500}}
                  expect:
                    - {fires: move, pair: EUR/USD}
                    - {fires: twice, rate: 1.2, severity: critical}
                    - {fires: move, pair: EUR/CHF}
                - {at: +24h, publish: {page: {EUR/GBP: 0.90}}}
          """) == """
          FAIL  a wrong expectation
            $:15:13: at 2026-02-21 09:00
              - move fires on EUR/USD  (expected, not sent)
                series       page EUR/USD, tick 0.00001
                printed      1.10500, of 2026-02-21, known since 2026-02-21T09:00:00.000Z
                before       1.10000, of 2026-02-20, known since 2026-02-20T09:00:00.000Z
                  abs(change) = 0.45 (0.45 to 0.46) %
                  abs(change) > 1%: false
                so           the condition does not hold
                alert        inactive, after it
            $:16:13: at 2026-02-21 09:00
              ~ twice fires on page EUR/USD  (different content)
                rate: expected 1.2, sent 1.10500
                severity: expected critical, sent warning
                series       page EUR/USD, tick 0.00001
                printed      1.10500, of 2026-02-21, known since 2026-02-21T09:00:00.000Z
                before       1.10000, of 2026-02-20, known since 2026-02-20T09:00:00.000Z
                  rate = 1.105 (1.104995 to 1.105005)
                  rate > 1: true
                so           the condition holds
                alert        firing since 2026-02-21T09:00:00.000Z, after it
            $:17:13: at 2026-02-21 09:00
              - move fires on EUR/CHF  (expected, not sent)
                no series of the rule had a rate by then
            $:18:9: at 2026-02-22 09:00
              + move fires on page EUR/GBP  (unexpected)
                EUR/GBP at page: 0.80 → 0.90, +12.50 % (11.18 to 13.84)
                series       page EUR/GBP, tick 0.01
                printed      0.90, of 2026-02-22, known since 2026-02-22T09:00:00.000Z
                before       0.80, of 2026-02-21, known since 2026-02-21T09:00:00.000Z
                  abs(change) = 12.5 (11.18 to 13.84) %
                  abs(change) > 1%: true
                so           the condition holds
                alert        inactive, after it
          1 of 1 test failed

          """)
  }

  @Test("JSON contains the same, with the event in full")
  func json() throws {
    let text = try report(
      Self.header + """
        rules: {high: {when: rate > 1.2, sources: [page]}}
        tests:
          good: {steps: [{publish: {page: {EUR/USD: 1.0}}}]}
          bad: {steps: [{publish: {page: {EUR/USD: 1.3}}}]}
        """, as: .json)
    let tests = try #require(try JSONReader.read(Array(text.utf8)).elements)
    #expect(
      tests.first?.description
        == #"{"test":"good","file":"$","line":7,"passed":true,"met":0,"differences":[]}"#)
    let difference = try #require(tests.last?["differences"]?.elements?.first)
    #expect(tests.last?["passed"] == .bool(false))
    #expect(difference["kind"]?.text == "unexpected")
    #expect(difference["at"]?.text == "2026-01-05T09:00:00.000Z")
    #expect(difference["told"]?["data"]?["rule"]?.text == "high")
    #expect(difference["line"] == .integer(8))
    #expect(difference["explanation"]?.elements?.isEmpty == false)
  }

  @Test("runs several sources, sides, nominals, revisions, failures and what is left out")
  func everything() throws {
    #expect(
      try report(
        Self.header + """
          rules:
            apart: {when: abs(spread(bank)) > 2%, sources: [page]}
            fix: {when: rate > 1.2, sources: [bank]}
            ask: {when: rate > 0.011, sources: [page], pairs: [KGS/USD]}
            missed: {when: missed >= 1, sources: [ecb]}
            wrong: {when: change_mismatch, sources: [page]}
            slipped: {when: suspect, sources: [page]}
          tests:
            all of it:
              steps:
                - at: 2026-02-19 15:05
                  publish:
                    page: {EUR/USD: 1.1831, KGS/USD bid: 1.0440 per 100, KGS/USD ask: 1.0450 per 100}
                    bank: {EUR/USD: 1.1830}
                    ecb: {EUR/USD: 1.1831}
                - at: +15m
                  publish:
                    bank: {date: 2026-02-20, EUR/USD: 1.2500}
                    page: {KGS/USD bid: gone, KGS/USD ask: 1.1440 per 100}
                  expect:
                    - {vanished: page}
                    - {fires: ask, side: ask, rate: 0.01144, pair: KGS/USD}
                    - {fires: [apart, fix], pair: EUR/USD}
                - at: +15m
                  publish: {bank: {date: 2026-02-20, EUR/USD: 1.1900}}
                  expect:
                    - {corrects: fix, rate: 1.19, value_date: 2026-02-20}
                    - {resolves: [apart, fix]}
                - at: 2026-02-20 09:00
                  publish: {page: {EUR/USD: 1.1950 (+5.00%)}}
                  expect: {fires: wrong, published_change: +5.00%}
                - at: +15m
                  publish: {page: {EUR/USD: [=, 1.1951 x2], KGS/USD ask: [=, =, 87.41]}}
                  every: 15m
                  expect: [{suspect: page, severity: warning}, {fires: slipped, kind: event}]
                - {at: 2026-02-20 18:05:00, expect: [{fires: missed}, {stale: ecb}]}
                - at: 2026-02-20 19:00
                  publish: {ecb: {EUR/USD: 1.1701}}
                  expect: [{resolves: missed}, {recovers: ecb}]
          """) == """
          ok    all of it: 14 alerts as expected
          1 test passed

          """)
  }

  @Test("names everything wrong with a file at once, with line and column")
  func errors() throws {
    let found = try problems(
      """
      sources:
        bank: {dating: fixing, evry: 1h}
      rules:
        big: {when: change > 1, sources: [bnk]}
        ok: {when: "abs(change) > 1%", for: 2}
      tests:
        first:
          rules: [okk]
          steps:
            - at: 2026-02-20 9:00
              publish: {bank: {EURUSD: 1.1, EUR/USD: abc, EUR/GBP: [0.1, 0.2]}, bnk: {EUR/USD: 1}}
            - at: 2026-02-20 09:00
              fail: bank
              expect: [{fire: ok}, {pair: EUR/USD}, {fires: ok, resolves: ok}, {fires: ok, rat: 1}]
            - {fail: bank, publish: {bank: {EUR/USD: 1}}}
        second: {}
      """)
    #expect(
      found == [
        "$:2:26: sources.bank: unknown key 'evry'; expected one of dating, every, preset, publishes, scale; did "
          + "you mean 'every'?",
        "$:4:15: rules.big.when: cannot compare a percentage with a number; write 1%",
        "  change > 1",
        "           ^",
        "$:4:37: rules.big.sources: unknown source 'bnk'; expected one of bank; did you mean 'bank'?",
        "$:8:13: tests.first.rules: unknown rule 'okk'; expected one of big, ok; did you mean 'ok'?",
        "$:10:9: tests.first.steps: 'every' is required for several rates; write for example "
          + "every: 15m",
        "$:10:13: tests.first.steps.at: '2026-02-20 9:00' is not a time; write it like 2026-02-20 "
          + "09:00, 09:15 (of the same day, in UTC) or +15m",
        "$:11:34: tests.first.steps.publish.bank.EURUSD: 'EURUSD' is not a currency pair; write it "
          + "like EUR/USD, or EUR/USD bid, or EUR/USD ask",
        "$:11:48: tests.first.steps.publish.bank.EUR/USD: 'abc' is not a rate; write 0.01144, "
          + "7.4550 per 100, 0.01144 (-0.09%), 0.01144 x30 "
          + "(at most x40000), gone, or = for the previous one",
        "$:11:75: tests.first.steps.publish: unknown source 'bnk'; expected one of bank; did you "
          + "mean 'bank'?",
        "$:14:19: tests.first.steps.expect: unknown key 'fire'; expected one of "
          + "change, corrects, delta, digest, down, events, fires, flapping, high, kind, late, low, "
          + "pair, previous, published_change, rate, reason, recovers, reminds, resolves, severity, side, source, "
          + "stale, summary, suspect, tick, ticks, to, value_date, vanished; did you mean 'fires'?",
        "$:14:30: tests.first.steps.expect: the expected event is missing; write one of fires, "
          + "resolves, reminds, corrects, down, recovers, stale, suspect, vanished, digest, for example "
          + "{fires: big}",
        "$:14:69: tests.first.steps.expect.resolves: only one event is expected here; add another "
          + "entry for this one",
        "$:14:86: tests.first.steps.expect: unknown key 'rat'; expected one of "
          + "change, corrects, delta, digest, down, events, fires, flapping, high, kind, late, low, "
          + "pair, previous, published_change, rate, reason, recovers, reminds, resolves, severity, side, source, "
          + "stale, summary, suspect, tick, ticks, to, value_date, vanished; did you mean 'rate'?",
        "$:15:9: tests.first.steps: 'at' is missing; write a time such as 09:30, or +15m",
        "$:15:16: tests.first.steps.fail: 'bank' cannot publish and fail in the same step",
        "$:16:3: tests.second: 'steps' is missing; write for example steps: [{at: "
          + "2026-02-20 09:00, publish: {ecb: {EUR/USD: 1.1831}}}]",
      ])
  }

  @Test("A file that is missing, empty or no YAML is reported as such")
  func noFile() throws {
    do throws(CommandFailure) {
      _ = try context.run(file: scratch.file("none.yaml"), config: nil)
      Issue.record("a file that is not there was run")
    } catch {
      #expect(error.status == 78)
      #expect(
        error.message
          == "\(scratch.file("none.yaml")): does not exist; name a file with rule tests")
    }
    #expect(
      try problems("\n") == [
        "$:1:1: no tests; add some below 'tests:', each with a name"
      ])
    #expect(try problems("tests: [").count == 1)
  }
}
