package import FXCore

/// The result of a back-test, ready to be printed.
package struct BacktestReport: Sendable {
  let backtest: Backtest
  let tallies: [BacktestTally]
  let rules: [Rule]
  let start: Timestamp
  let end: Timestamp

  /// The firings and resolutions of alerts, in order, also those before the period.
  package var transitions: [Backtest.Transition] { backtest.transitions }

  /// The charts of series on which rules fired.
  var charts: [Chart] = []

  /// Returns the report: a table of rules and one of the largest moves, one row per rule as CSV, or
  /// everything as JSON.
  package func text(as format: Report.Format) -> String {
    guard format == .table else { return summary.text(as: format) }
    let days = (end - start).components.seconds / 86_400
    let period = "from \(start.day) to \(end.day), \(days) \(days == 1 ? "day" : "days")\n\n"
    let moves = moves
    return period + summary.without("condition").text(as: .table)
      + (moves.rows.isEmpty ? "" : "\nlargest moves\n\n" + moves.text(as: .table))
      + charts.map { "\n" + $0.text }.joined()
  }

  /// One row per rule.
  private var summary: Report {
    Report(
      columns: [
        .init(name: "rule"), .init(name: "kind"), .init(name: "fires", isRight: true),
        .init(name: "resolves", isRight: true), .init(name: "flaps", isRight: true),
        .init(name: "time firing", isRight: true), .init(name: "longest silence", isRight: true),
        .init(name: "condition"),
      ],
      rows: zip(rules, tallies).map { rule, tally in
        [
          rule.name, rule.policy.kind.rawValue, String(tally.fires), String(tally.resolves),
          String(tally.flaps),
          rule.policy.kind == .event ? "" : Report.age(tally.timeFiring),
          Report.age(tally.longestSilence), rule.condition.text,
        ]
      },
      json: .object([
        .init("from", .string(start.description)), .init("to", .string(end.description)),
        .init("rules", .array(zip(rules, tallies).map(json))),
      ]), ifEmpty: "no rules")
  }

  /// The largest moves of the watched series, each with the rules that fired on it.
  private var moves: Report {
    var firing: [Backtest.Move: [String]] = [:]
    for tally in tallies {
      for (move, fired) in tally.moves { firing[move, default: []] += fired ? [tally.rule] : [] }
    }
    let largest = firing.sorted {
      ($1.key.change.magnitude, $0.key.at, $0.key.series)
        < ($0.key.change.magnitude, $1.key.at, $1.key.series)
    }.prefix(Backtest.largestMoves)
    return Report(
      columns: [
        .init(name: "at"), .init(name: "source"), .init(name: "pair"),
        .init(name: "from", isRight: true), .init(name: "to", isRight: true),
        .init(name: "change", isRight: true), .init(name: "fired"),
      ],
      rows: largest.map { move, rules in
        [
          move.at.description, move.series.source.text, move.series.pair.description,
          move.from.rate.perUnitText, move.to.rate.perUnitText, Self.percent(move.change),
          rules.joined(separator: ", "),
        ]
      }, json: .null, ifEmpty: "")
  }

  private func json(_ rule: Rule, _ tally: BacktestTally) -> JSONValue {
    .object([
      .init("rule", .string(rule.name)),
      .init("kind", .string(rule.policy.kind.rawValue)),
      .init("condition", .string(rule.condition.text)),
      .init("fires", .integer(tally.fires)),
      .init("resolves", .integer(tally.resolves)),
      .init("flaps", .integer(tally.flaps)),
      .init("seconds_firing", .integer(tally.timeFiring.components.seconds)),
      .init("longest_silence_seconds", .integer(tally.longestSilence.components.seconds)),
      .init(
        "largest_moves",
        .array(
          tally.moves.map { move, fired in
            .object([
              .init("at", .string(move.at.description)),
              .init("source", .string(move.series.source.text)),
              .init("pair", .string(move.series.pair.description)),
              .init("side", .string(move.series.side.rawValue)),
              .init("from", .string(move.from.rate.perUnitText)),
              .init("to", .string(move.to.rate.perUnitText)),
              .init("percent", .string(Self.percentText(move.change))),
              .init("fired", .bool(fired)),
            ])
          })),
      .init("transitions", .array(transitions(of: rule))),
    ])
  }

  private func transitions(of rule: Rule) -> [JSONValue] {
    backtest.transitions.filter {
      $0.key.rule == rule.name && $0.at >= start && $0.at <= end
    }.map { transition in
      let data = transition.data?.value
      return .object([
        .init("at", .string(transition.at.description)),
        .init("type", .string(transition.isFiring ? "alert.firing" : "alert.resolved")),
        .init("source", .string(transition.key.series.source.text)),
        .init("pair", .optional(transition.key.pair?.description)),
        .init("side", .string(transition.key.series.side.rawValue)),
        .init("rate", .optional(data?["rate"]?.text)),
        .init("summary", .optional(data?["summary"]?.text)),
      ])
    }
  }

  private static func percentText(_ change: Fraction) -> String {
    change.multiplied(by: Fraction(100), rounding: .toNearest)?.text(places: 2, .toNearest) ?? "?"
  }

  /// A percentage with its sign: `+15.22 %`.
  private static func percent(_ change: Fraction) -> String {
    (change.isNegative ? "" : "+") + percentText(change) + " %"
  }
}
