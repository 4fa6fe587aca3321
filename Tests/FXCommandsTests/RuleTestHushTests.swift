import FXCommands
import FXCore
import FXDaemon
import Support
import Testing

@Suite("fxwatch rules test, with silences, acknowledgements and quiet hours")
struct RuleTestHushTests {
  private let scratch: Scratch
  private let context = RuleTestRunner(environment: [:])

  init() throws { scratch = try Scratch() }

  private static let header = """
    sources: {page: {every: 15m}}
    rules:
      high: {when: rate > 1.2}
    quiet:
      nights: {zone: UTC, from: "22:00", to: "07:00"}

    """

  @Test("reports what was silenced, held, sent to others, or not firing when acknowledged")
  func differences() throws {
    let file = try scratch.write(
      Self.header + """
        tests:
          wrong notification:
            steps:
              - {at: 2026-02-20 09:00, ack: high, publish: {page: {EUR/USD: 1.1}}}
              - at: +1h
                silence: {match: pair=EUR/USD, for: 1h}
                publish: {page: {EUR/USD: 1.3}}
                expect: {fires: high}
              - at: 2026-02-20 22:00
                publish: {page: {EUR/USD: 1.1}}
                expect: {resolves: high}
              - {at: 2026-02-21 07:00, expect: {digest: everyone, events: 2}}
              - {at: 2026-02-21 22:00, publish: {page: {EUR/USD: 1.3}}}
              - {at: 2026-02-22 08:00}
              - {at: 2026-02-22 09:00, expect: {digest: everyone}}
        """, to: "tests.yaml")
    let text = RuleTestsReport(try context.run(file: file, config: nil)).text(as: .table)
    // The explanations are tested elsewhere.
    let lines = text.split(separator: "\n").map(String.init).filter { line in
      ["FAIL", "  /", "    - ", "    + ", "    ~ ", "      events"].contains {
        line.hasPrefix($0)
      }
    }
    #expect(
      lines.map { $0.replacing(file, with: "$") } == [
        "FAIL  wrong notification",
        "  $:9:9: at 2026-02-20 09:00",
        "    - high is acknowledged  (it has no firing alert)",
        "  $:13:17: at 2026-02-20 10:00",
        "    - high fires  (expected, not sent: muted by a silence)",
        "  $:14:9: at 2026-02-20 11:00",
        "    + high fires on page EUR/USD  (unexpected)",
        "  $:16:17: at 2026-02-20 22:00",
        "    - high resolves  (expected, not sent: held in quiet hours)",
        "  $:17:40: at 2026-02-21 07:00",
        "    ~ digest to everyone  (different content)",
        "      events: expected 2, sent 1",
        "  $:19:9: at 2026-02-22 07:00",
        "    + digest to everyone  (unexpected)",
        "  $:20:40: at 2026-02-22 09:00",
        "    - digest to everyone  (expected, not sent)",
      ])
  }

  @Test("names what is wrong with what is asked, with line and column")
  func problems() throws {
    let file = try scratch.write(
      Self.header + """
        tests:
          asked wrong:
            steps:
              - {at: 2026-02-20 09:00, silence: over}
              - {at: +1h, silence: {match: [rule=hi, pairs=EUR/USD], until: 1h}}
              - {at: +1h, silence: {for: soon}}
              - {at: +1h, ack: hi}
              - {at: +1h, ack: {pair: EURUSD, for: 8h}}
              - {at: +1h, expect: [{digest: ops}, {fires: high, to: ops}, {digest: everyone, pair: EUR/USD}]}
        """, to: "tests.yaml")
    do throws(CommandFailure) {
      _ = try context.run(file: file, config: nil)
      Issue.record("a file that is wrong was run")
    } catch {
      let place = "tests.asked wrong.steps"
      #expect(
        error.message.replacing(file, with: "$").split(separator: "\n").map(String.init) == [
          "$:9:41: \(place).silence: expected a silence such as {match: rule=my-rule, for: 2h},"
            + " or 'end'",
          "$:10:28: \(place).silence: 'for' is missing; write a duration such as 2h",
          "$:10:37: \(place).silence.match: unknown rule 'hi'; expected one of high",
          "$:10:46: \(place).silence.match: 'pairs' is an unknown label; expected one of pair,"
            + " rule, severity, source; did you mean 'pair'?",
          "$:10:62: \(place).silence: unknown key 'until'; expected one of for, match",
          "$:11:28: \(place).silence: 'match' is missing; write the alerts to mute, such as pair=KGS/USD",
          "$:11:34: \(place).silence.for: 'soon' is not a duration; write it like 90s, 15m, 24h or 7d",
          "$:12:24: \(place).ack: unknown rule 'hi'; expected one of high",
          "$:13:24: \(place).ack: 'rule' is missing; write the rule whose alerts are acknowledged",
          "$:13:31: \(place).ack.pair: 'EURUSD' is not a currency pair; write it like EUR/USD",
          "$:14:37: \(place).expect.digest: unknown notifier 'ops'; expected one of everyone",
          "$:14:61: \(place).expect.to: unknown notifier 'ops'; expected one of everyone",
          "$:14:86: \(place).expect: unknown key 'pair'; expected one of change, corrects, delta,"
            + " digest, down, events, fires, flapping, high, kind, late, low, previous,"
            + " published_change, rate, reason, recovers, reminds, resolves, severity, side, stale, summary,"
            + " suspect, tick, ticks, value_date, vanished",
        ])
    }
  }

  @Test("are those of the config too, for its notifiers, also for those without their secret")
  func config() throws {
    try scratch.write(
      """
      sources: {timesca: {preset: timesca}}
      rules: {high: {when: rate > 0.1}}
      notifiers:
        console: {type: stdout}
        ops: {type: webhook, url: "https://ops.example/", secret: {file: none}}
      quiet:
        nights: {zone: UTC, from: "22:00", to: "07:00", notify: [ops]}
        days: {zone: UTC, from: "08:00", to: "09:00"}

      """, to: "fxwatch.yaml")
    let file = try scratch.write(
      """
      config: fxwatch.yaml
      quiet:
        days: {zone: UTC, from: "08:00", to: "09:00", days: [mon]}
      tests:
        held for ops alone:
          steps:
            - {at: 2026-02-20 08:30, publish: {timesca: {TJS/USD: 0.09}}}
            - at: 08:45
              publish: {timesca: {TJS/USD: 0.11}}
              expect: {fires: high, to: [console, ops]}
            - {at: 23:00, publish: {timesca: {TJS/USD: 0.09}}, expect: {resolves: high, to: console}}
            - {at: 2026-02-21 07:00, expect: {digest: ops, events: 1}}
      """, to: "tests.yaml")
    let report = RuleTestsReport(try context.run(file: file, config: nil))
    #expect(report.isGood, "\(report.text(as: .table))")
  }
}
