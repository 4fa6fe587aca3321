import FXCommands
import FXCore
import FXDaemon
import Support
import Testing

/// Rules with one alert for all pairs of a source, as stories.
@Suite("A rule on several pairs")
struct GroupRuleTests {
  private let scratch: Scratch
  private let context = RuleTestRunner(environment: [:])

  init() throws { scratch = try Scratch() }

  /// The report on a story.
  private func report(_ text: String) throws -> String {
    let file = try scratch.write(text, to: "tests.yaml")
    return RuleTestsReport(try context.run(file: file, config: nil)).text(as: .table)
      .replacing(file, with: "$")
  }

  private func expectPasses(_ text: String, alerts: Int) throws {
    let report = try report(text)
    let count = alerts == 1 ? "1 alert" : "\(alerts) alerts"
    #expect(report.contains("\(count) as expected"), "\(report)")
    #expect(!report.contains("FAIL"), "\(report)")
  }

  @Test("fires once when enough pairs hold, and is resolved when too few are left")
  func atLeast() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}}
      rules:
        strong:
          {pairs: [USD/EUR, USD/GBP, USD/JPY], when: rate > 2, at_least: 2, remind: 6h}
      tests:
        count:
          steps:
            - {at: 2026-03-02 09:00, publish: {bank: {USD/EUR: 2.1, USD/GBP: 1.9, USD/JPY: 1.8}}}
            - at: +1h
              publish: {bank: {USD/GBP: 2.2}}
              expect:
                fires: strong
                pair: USD/EUR
                summary: "2 of 3 pairs at bank: USD/EUR, USD/GBP +15.79 %"
            - {at: +1h, publish: {bank: {USD/JPY: 2.3}}}
            - {at: +1h, publish: {bank: {USD/EUR: 1.95}}}
            - at: +4h
              expect:
                reminds: strong
                pair: USD/GBP
                summary: "still firing: 2 of 3 pairs at bank: USD/GBP, USD/JPY"
            - at: +1h
              publish: {bank: {USD/GBP: 1.85}}
              expect: {resolves: strong, pair: USD/JPY}

      """, alerts: 3)
  }

  @Test("with all: true needs every pair, also those that the source never printed")
  func all() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}}
      rules:
        every: {pairs: ["USD/*"], when: change < -1%, all: true, summary: "{count}: {members}"}
        named: {pairs: [USD/EUR, USD/CHF], when: rate < 1, all: true}
      tests:
        all:
          steps:
            - {at: 2026-03-02 09:00, publish: {bank: {USD/EUR: 0.90, USD/GBP: 0.80}}}
            - {at: +1h, publish: {bank: {USD/EUR: 0.85}}}
            - at: +1h
              publish: {bank: {USD/EUR: 0.80, USD/GBP: 0.70}}
              expect: {fires: every, summary: "2: USD/EUR, USD/GBP"}
            - {at: +1h, publish: {bank: {USD/EUR: 0.79}}}

      """, alerts: 1)
  }

  @Test("keeps its state while a pair that is no longer printed could decide")
  func open() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}}
      rules: {high: {pairs: ["*/USD"], when: rate > 2, at_least: 2}}
      tests:
        open:
          steps:
            - at: 2026-03-02 09:00
              publish: {bank: {EUR/USD: 2.1, GBP/USD: 2.2, CHF/USD: 1.8}}
              expect: {fires: high}
            - at: +1h
              publish: {bank: {GBP/USD: gone}}
              expect: {vanished: bank}
            - at: +1h
              publish: {bank: {EUR/USD: 1.9}}
              expect: {resolves: high}
            - {at: +1h, publish: {bank: {EUR/USD: 2.1}}}
            - at: +1h
              publish: {bank: {GBP/USD: 2.3}}
              expect: {fires: high}

      """, alerts: 4)
  }

  @Test("waits for the number of publications in for, and for the time in it")
  func hold() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}}
      rules:
        twice: {pairs: ["USD/*"], when: rate > 2, at_least: 2, for: 2}
        hour: {pairs: ["USD/*"], when: rate > 2, at_least: 2, for: 1h}
      tests:
        for:
          steps:
            - {at: 2026-03-02 09:00, publish: {bank: {USD/EUR: 2.1, USD/GBP: 2.2, USD/JPY: 1.8}}}
            - at: 2026-03-02 09:15
              publish: {bank: {USD/EUR: 1.9, USD/JPY: 2.3}}
              expect: {fires: twice, pair: USD/GBP}
            - {at: 2026-03-02 10:00, expect: {fires: hour, pair: USD/GBP}}

      """, alerts: 2)
  }

  @Test("is resolved by release once so many pairs are released that too few are left")
  func release() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}}
      rules:
        high: {pairs: ["USD/*"], when: rate > 2.1, release: rate < 2, at_least: 2}
      tests:
        release:
          steps:
            - at: 2026-03-02 09:00
              publish: {bank: {USD/EUR: 2.2, USD/GBP: 2.3, USD/JPY: 2.05}}
              expect: {fires: high}
            - {at: +1h, publish: {bank: {USD/EUR: 2.07, USD/GBP: 1.9}}}
            - at: +1h
              publish: {bank: {USD/JPY: 1.8}}
              expect: {resolves: high}

      """, alerts: 2)
  }

  @Test("is corrected when a rate of one of its pairs is revised, and an event is not sent again")
  func revision() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m, dating: fixing}}
      rules:
        falls: {pairs: ["USD/*"], when: change < -1%, at_least: 2}
        low: {pairs: ["USD/*"], when: rate < 2, at_least: 2}
      tests:
        revision:
          steps:
            - {at: 2026-03-02 09:00, publish: {bank: {date: 2026-03-02, USD/EUR: 2.10, USD/GBP: 2.20}}}
            - at: 2026-03-03 09:00
              publish: {bank: {date: 2026-03-03, USD/EUR: 1.90, USD/GBP: 1.80}}
              expect: [{fires: falls, pair: USD/EUR}, {fires: low, pair: USD/EUR}]
            - at: +1h
              publish: {bank: {date: 2026-03-03, USD/GBP: 1.81}}
              expect:
                - corrects: falls
                  summary: "corrected: a rate of another pair at bank for 2026-03-03 was revised; the condition still holds"
                - {corrects: low}
            - at: +1h
              publish: {bank: {date: 2026-03-03, USD/EUR: 2.20}}
              expect:
                - corrects: falls
                  summary: "corrected: bank USD/EUR for 2026-03-03 is 2.20, not 1.90; the condition no longer holds"
                - {corrects: low}
                - {resolves: low}

      """, alerts: 7)
  }

  @Test("is muted by a silence of its rule, not by one of a pair")
  func silence() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}}
      rules: {high: {pairs: ["USD/*"], when: rate > 2, all: true}}
      tests:
        silence:
          steps:
            - at: 2026-03-02 09:00
              silence: {match: pair=USD/EUR, for: 1h}
              publish: {bank: {USD/EUR: 2.1, USD/GBP: 2.2}}
              expect: {fires: high}
            - {at: +2h, publish: {bank: {USD/EUR: 1.9}}, expect: {resolves: high}}
            - {at: +1h, silence: {match: rule=high, for: 1h}, publish: {bank: {USD/EUR: 2.1}}}
            - {at: +1h, expect: {fires: high}}

      """, alerts: 3)
  }

  @Test("is asked again when a source that it reads publishes, and by the clock")
  func othersAndClock() throws {
    try expectPasses(
      """
      sources: {bank: {every: 15m}, other: {every: 15m}}
      rules:
        apart: {pairs: ["USD/*"], sources: [bank], when: abs(spread(other)) > 5%, at_least: 2}
        old: {pairs: ["USD/*"], sources: [bank], when: age > 3h, all: true}
      tests:
        others:
          steps:
            - at: 2026-03-02 09:00
              publish: {bank: {USD/EUR: 2.1, USD/GBP: 2.2}, other: {USD/EUR: 2.1, USD/GBP: 2.2}}
            - {at: +1h, publish: {other: {USD/EUR: 2.5}}}
            - at: +1h
              publish: {other: {USD/GBP: 2.6}}
              expect: {fires: apart, pair: USD/EUR}
            - {at: 2026-03-02 12:00:01, expect: {fires: old}}

      """, alerts: 2)
  }
}
