package import FXCore

/// The results of rule tests.
package struct RuleTestsReport: Sendable {
  private let runs: [RuleTestRun]

  /// A report on test runs.
  package init(_ runs: [RuleTestRun]) { self.runs = runs }

  /// True if every test passes.
  package var isGood: Bool { runs.allSatisfy(\.differences.isEmpty) }

  /// Returns the report: sentences, JSON, or one row per difference as CSV.
  package func text(as format: Report.Format) -> String {
    format == .table ? lines.map { SanitizedText.line($0) + "\n" }.joined() : rows.text(as: format)
  }

  // MARK: For people

  private var lines: [String] {
    let failed = runs.count { !$0.differences.isEmpty }
    let tests = PluralText.text(runs.count, "test")
    return runs.flatMap(lines)
      + [failed == 0 ? "\(tests) passed" : "\(failed) of \(tests) failed"]
  }

  private func lines(_ run: RuleTestRun) -> [String] {
    guard !run.differences.isEmpty else {
      return ["ok    \(run.test.name): \(PluralText.text(run.met, "alert")) as expected"]
    }
    return ["FAIL  \(run.test.name)"] + run.differences.flatMap(lines)
  }

  private func lines(_ difference: RuleTestRun.Difference) -> [String] {
    var lines = ["  \(difference.mark): at \(Self.time(difference.at))"]
    switch difference.kind {
    case .missing(let expectation):
      lines.append("    - \(expectation)  (expected, not sent)")
    case .muted(let expectation, let event):
      let reason =
        event.notification.data["silence"] == nil ? "held in quiet hours" : "muted by a silence"
      lines.append("    - \(expectation)  (expected, not sent: \(reason))")
    case .unexpected(let event):
      lines.append("    + \(Self.sentence(event))  (unexpected)")
      lines.append("      \(event.notification["summary"] ?? "")")
    case .different(let expectation, let event):
      lines.append("    ~ \(Self.sentence(event))  (different content)")
      for (name, expected, actual) in expectation.differences(from: event) {
        lines.append("      \(name): expected \(expected), sent \(actual ?? "nothing")")
      }
    case .nothingToAcknowledge(let rule):
      lines.append("    - \(rule) is acknowledged  (it has no firing alert)")
    case .stopped(let reason): lines.append("    - the test is stopped: \(reason)")
    }
    return lines + explanation(of: difference).map { "      \($0)" }
  }

  /// The explanation of the rule's verdict.
  private func explanation(of difference: RuleTestRun.Difference) -> [String] {
    if let explanation = difference.explanation {
      let report = ExplainReport(
        alert: nil, rule: explanation.rule, explanation: explanation, hasRuleChanged: false,
        publication: nil, versions: [],
        deliveries: [])
      return report.reasoning.filter { !$0.isEmpty } + ["alert        \(report.phase), after it"]
    }
    guard case .missing(let expectation) = difference.kind, expectation.isOfRule else {
      return []
    }
    return ["no series of the rule had a rate by then"]
  }

  /// Returns an event in few words: `big-move fires on timesca TJS/USD`.
  private static func sentence(_ sent: OutboxEvent) -> String {
    let event = sent.notification
    if event.type == .digest { return "digest to \(sent.recipients.joined(separator: ", "))" }
    guard let rule = event["rule"] else {
      return "\(event["source"] ?? "") \(verb(event.type))"
    }
    let side = event["side"].map { $0 == "mid" ? "" : " \($0)" } ?? ""
    return "\(rule) \(verb(event.type)) on \(event["source"] ?? "") \(event["pair"] ?? "")\(side)"
  }

  fileprivate static func verb(_ type: NotificationType) -> String {
    switch type {
    case .alertFiring: "fires"
    case .alertResolved: "resolves"
    case .alertReminder: "reminds"
    case .alertCorrection: "corrects"
    case .sourceDown: "is down"
    case .sourceRecovered: "recovers"
    case .sourceStale: "is stale"
    case .sourceLate: "is polled late"
    case .sourceSuspect: "is suspect"
    case .sourceVanished: "no longer publishes pairs"
    case .digest, .storeRewound, .notifierDisabled, .testPing: type.rawValue
    }
  }

  private static func time(_ instant: Timestamp) -> String {
    let text = instant.description
    return text.hasSuffix(":00.000Z")
      ? "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
      : "\(text.prefix(10)) \(text.dropFirst(11).dropLast())"
  }

  // MARK: For programs

  private var rows: Report {
    Report(
      columns: [
        .init(name: "test"), .init(name: "result"), .init(name: "place"), .init(name: "at"),
        .init(name: "what"),
      ],
      rows: runs.flatMap { run in
        run.differences.isEmpty
          ? [[run.test.name, "ok", run.test.mark.description, "", ""]]
          : run.differences.map { difference in
            [
              run.test.name, "failed", difference.mark.description, difference.at.description,
              lines(difference).dropFirst().first.map { String($0.drop { $0 == " " }) } ?? "",
            ]
          }
      }, json: .array(runs.map(json)), ifEmpty: "")
  }

  private func json(_ run: RuleTestRun) -> JSONValue {
    .object([
      .init("test", .string(run.test.name)),
      .init("file", .string(run.test.mark.file)),
      .init("line", .integer(run.test.mark.line)),
      .init("passed", .bool(run.differences.isEmpty)),
      .init("met", .integer(run.met)),
      .init("differences", .array(run.differences.map(json))),
    ])
  }

  private func json(_ difference: RuleTestRun.Difference) -> JSONValue {
    let kind: (word: String, expected: JSONValue, sent: JSONValue) =
      switch difference.kind {
      case .missing(let expectation): ("missing", Self.json(expectation), .null)
      case .muted(let expectation, _): ("withheld", Self.json(expectation), .null)
      case .unexpected(let event): ("unexpected", .null, event.notification.payload)
      case .different(let expectation, let event):
        ("other", Self.json(expectation), event.notification.payload)
      case .nothingToAcknowledge: ("nothing to acknowledge", .null, .null)
      case .stopped: ("stopped", .null, .null)
      }
    return .object([
      .init("kind", .string(kind.word)),
      .init("at", .string(difference.at.description)),
      .init("line", .integer(difference.mark.line)),
      .init("column", .integer(difference.mark.column)),
      .init("expected", kind.expected),
      .init("told", kind.sent),
      .init("explanation", .array(explanation(of: difference).map { .string($0) })),
    ])
  }

  private static func json(_ expectation: Expectation) -> JSONValue {
    .object(
      [
        .init("type", .string(expectation.type.rawValue)),
        .init(expectation.isOfSource ? "source" : "rule", .string(expectation.subject)),
        .init("pair", .optional(expectation.pair?.description)),
        .init("to", expectation.recipients.map { .array($0.map { .string($0) }) } ?? .null),
      ] + expectation.fields.map { .init($0.field.rawValue, .string($0.text)) })
  }
}

extension Expectation: CustomStringConvertible {
  /// `big-move fires on timesca TJS/USD`, with its recipients.
  package var description: String {
    let series = [source?.text, pair?.description].compactMap(\.self).joined(separator: " ")
    let names = recipients.map { " to \($0.joined(separator: ", "))" } ?? ""
    if type == .digest { return "digest\(names)" }
    return "\(subject) \(RuleTestsReport.verb(type))" + (series.isEmpty ? "" : " on \(series)")
      + names
  }
}
