import FXCommands
import FXCore
import Foundation
import Support
import Testing

@Suite("Warnings of fxwatch check about")
struct CommandLintTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The warnings about a config, each without the file's name.
  private func warnings(
    _ rules: String, sources: String = "{timesca: {preset: timesca}}"
  ) throws -> [String] {
    let file = try scratch.write(
      """
      state: \(scratch.file("var"))
      sources: \(sources)
      notifiers: {console: {type: stdout}, ops: {type: stdout}}
      rules:
      \(rules)
      """, to: "fxwatch.yaml")
    return try CommandContext(file: file, environment: [:]).check().warnings.map {
      String($0.description.dropFirst(file.utf8.count))
    }
  }

  @Test(
    "a rule that is valid and cannot work as written",
    arguments: [
      (
        "  r: {when: rate > 2 and rate < 1}",
        ["r.when: 'rate > 2 and rate < 1' never holds, whatever the rates are"]
      ),
      (
        "  r: {when: 'rate > max(30d)'}",
        [
          "r.when: 'rate > max(30d)' never holds, whatever the rates are; rate > max(30d): the window"
            + " contains the current rate; write new_high(30d)"
        ]
      ),
      (
        "  r: {when: rate > 1, release: rate > 1}",
        [
          "r.release: 'rate > 1' holds whenever 'when' does, so that each alert is resolved with the"
            + " next publication; write a condition that holds later, such as a lower level"
        ]
      ),
      (
        "  r: {when: rate > max(since fired) * 0.9}",
        [
          "r.when: never holds, because 'since fired' has no value before the alert fires; use it in"
            + " 'release', or write since armed"
        ]
      ),
      (
        "  r: {when: rate > 1 or rate < at(since fired), kind: event}",
        [
          "r.when: 'since fired' has no value, because 'when' is an event, which does not last; use since"
            + " armed, which begins with the last firing"
        ]
      ),
      (
        "  r: {when: rate < max(since armed)}",
        []
      ),
      ("  r: {when: rate >= 0}", ["r.when: 'rate >= 0' always holds, whatever the rates are"]),
      (
        "  r: {pairs: [USD/KGS], when: rate > 1}",
        ["r: no series of timesca matches USD/KGS; timesca prints KGS/USD"]
      ),
      (
        "  a: {when: rate > 1}\n  b: {when: rate > 1}",
        ["b: is the same as rule 'a'; remove one of them"]
      ),
      (
        "  a: {when: rate > 1}\n  b: {pairs: [KGS/USD], when: rate > 1, notify: [ops]}",
        ["b: has no effect of its own: rule 'a' is the same and watches all its series"]
      ),
      ("  a: {when: rate > 1, notify: [ops]}\n  b: {when: rate > 1}", []),
      (
        "  r: {when: rate > 1, expires: 2025-12-31}",
        ["r.expires: 2025-12-31 is over; the rule has no effect any more"]
      ),
      (
        "  r: {pairs: [KGS/USD], when: abs(change) > 0.01%}",
        [
          "r.when: KGS/USD at timesca prints 0.01144: one tick is 0.087 %, so smaller moves are below the "
            + "source's rounding; a certain move of 0.01 % needs 2 ticks, 0.17 %"
        ]
      ),
      (
        "  r: {pairs: [KGS/USD], when: abs(delta) > 0.000001}",
        [
          "r.when: KGS/USD at timesca prints 0.01144: one tick is 0.00001, so smaller moves are below the "
            + "source's rounding; a certain move of 0.000001 needs 2 ticks, 0.00002"
        ]
      ),
      ("  r: {pairs: [KGS/USD], when: abs(delta) > 0.000001, certainty: printed}", []),
    ])
  func rules(text: String, expected: [String]) throws {
    let found = try warnings(text).compactMap { warning -> String? in
      guard let range = warning.range(of: "warning: rules.") else { return nil }
      return String(warning[range.upperBound...])
    }
    #expect(found == expected)
  }

  @Test(
    "rules in a time that is linear in their number", .timeLimit(.minutes(1)),
    arguments: [
      ("{when: rate > N}", 0), ("{pairs: [KGS/USD], when: abs(change) > N%}", 0),
      ("{pairs: [USD/KGS], when: rate > N}", 6001),
      ("{when: rate > 1, notify: [ops], summary: \"N\"}", 5999),
    ])
  func manyRules(rule: String, expected: Int) throws {
    let rules = (1...6000).map { "  r\($0): \(rule.replacing("N", with: "\($0)"))" }
    #expect(try warnings(rules.joined(separator: "\n")).count == expected)
  }

  @Test(
    "a pair that a preset cannot print, and not of one that it may print though no example has it",
    arguments: [
      ("EUR/CZK", []),
      ("USD/CZK", ["r: no series of ecb matches USD/CZK"]),
      ("\"*/CZK\"", []),
    ])
  func unpublished(pair: String, expected: [String]) throws {
    let found = try warnings(
      "  r: {pairs: [\(pair)], when: rate > 1}", sources: "{ecb: {preset: ecb}}")
    #expect(
      found.filter { $0.contains("matches") }.map { $0.replacing(/^.*rules\./, with: "") }
        == expected)
  }

  @Test("a source that no rule reads")
  func unread() throws {
    let found = try warnings(
      "  r: {when: rate > 1, sources: [timesca]}",
      sources: "{timesca: {preset: timesca}, ecb: {preset: ecb}, cbu: {preset: cbu}}")
    #expect(
      found == [
        ":2:39: warning: sources.ecb: no rule reads it; its rates are only stored",
        ":2:59: warning: sources.cbu: no rule reads it; its rates are only stored",
      ])
    #expect(
      try warnings(
        "  r: {when: abs(spread(ecb)) > 1%, sources: [timesca]}",
        sources: "{timesca: {preset: timesca}, ecb: {preset: ecb}}"
      ).filter { $0.contains("no rule reads") } == [])
  }

  @Test("a silence that covers no alert there can be")
  func silences() async throws {
    let file = try scratch.write(
      """
      state: \(scratch.file("var"))
      sources: {timesca: {preset: timesca}}
      notifiers: {console: {type: stdout}}
      rules: {r: {pairs: [TJS/USD], when: rate > 1}}
      """, to: "fxwatch.yaml")
    let archive = try scratch.write(
      "Date,USD,\n2026-02-20,1.1831,\n", to: "ecb.csv")
    let ecb = try scratch.write(
      """
      state: \(scratch.file("var"))
      sources: {ecb: {preset: ecb}}
      notifiers: {console: {type: stdout}}
      """, to: "ecb.yaml")
    // A database to write into.
    _ = try await CommandContext(file: ecb, environment: [:])
      .importArchives(of: "ecb", files: [archive], undated: nil) { _ in }
    let context = SilenceCommands(try CommandContext(file: file, environment: [:]))
    let attribution = try context.attribution(author: "ada", reason: "known")
    let until = try context.expiry(until: nil, for: "24h")
    _ = try context.silence(matching: ["pair=TJS/USD"], by: attribution, until: until)
    _ = try context.silence(matching: ["pair=KGS/USD", "rule=r"], by: attribution, until: until)
    let found = try CommandContext(file: file, environment: [:]).check().warnings.map(\.description)
    #expect(found.count == 1)
    let start = "\(file): warning: silence 2 (pair=KGS/USD rule=r, by ada until 2"
    #expect(found.first?.hasPrefix(start) == true)
    let end = ") matches no alert of this config; end it with fxwatch silence end 2"
    #expect(found.first?.hasSuffix(end) == true)
  }
}
