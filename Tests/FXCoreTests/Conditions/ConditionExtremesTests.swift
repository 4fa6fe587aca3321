import FXCore
import Testing

/// Writes random conditions that pass the type checker.
private struct ConditionWriter {
  var numbers: ModelNumbers

  mutating func condition(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 11 : 7), using: &numbers) {
    case 0: "\(rate(depth)) \(comparison) \(rate(depth))"
    case 1: "\(percent(depth)) \(comparison) \(percent(depth))"
    case 2: "age \(comparison) 24h * \(literal)"
    case 3: "\(pick(["crosses", "crosses_above", "crosses_below"]))(\(rate(depth)))"
    case 4: "\(pick(["new_high", "new_low"]))(\(window))"
    case 5:
      pick(["revised", "suspect", "change_mismatch", "published", "first(day)", "first(month)"])
    case 6:
      "\(pick(["missed", "hour", "hour(UTC)", "weekday", "zscore(\(window))"])) \(comparison) \(literal)"
    case 7: "not (\(condition(depth: depth - 1)))"
    case 8: "\(pick(["enters", "leaves"]))(\(rate(depth - 1)) - 1 - 1, \(rate(depth - 1)) * 1)"
    default:
      "(\(condition(depth: depth - 1)) \(pick(["and", "or"])) \(condition(depth: depth - 1)))"
    }
  }

  private mutating func rate(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 7), using: &numbers) {
    case 0: pick(["rate", "atr(\(window))", "bid", "ask - mid"])
    case 1: "at(\(window))"
    case 2: pick(["delta", "delta(\(window))"])
    case 3: pick([literal, "3 ticks", "2.5 pips"])
    case 4: "\(pick(["min", "max", "avg", "stddev"]))(\(window)\(pick(["", " before"])))"
    case 5: "cross(\(pick(["KZT/USD", "KGS/KZT", "EUR/KZT", "USD/KGS"])))"
    case 6: statistic(of: ["delta", "abs(delta)", "rate - 1", "delta / 2"])
    case 7: "(\(rate(depth - 1)) + \(rate(depth - 1)))"
    case 8: "(\(rate(depth - 1)) - \(rate(depth - 1)))"
    case 9: "-\(rate(depth - 1))"
    case 10: "abs(\(rate(depth - 1)))"
    default: "(\(rate(depth - 1)) * (\(percent(depth - 1)) / 1%))"
    }
  }

  /// A statistic of values over a window.
  private mutating func statistic(of values: [String]) -> String {
    "\(pick(["min", "max", "avg", "stddev"]))(\(pick(values)), \(window)\(pick(["", " before"])))"
  }

  private mutating func percent(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &numbers) {
    case 0: pick(["change", "change", statistic(of: ["change", "abs(change)"])])
    case 1: "change(\(window))"
    case 2: literal + "%"
    case 3: "spread(\(pick(["other", "other", "other", "unknown"])))"
    case 4: "(\(percent(depth - 1)) - \(percent(depth - 1)))"
    case 5: "abs(\(percent(depth - 1)))"
    case 6:
      "(\(percent(depth - 1)) * ((rate + \(rate(depth - 1))) / (rate - \(rate(depth - 1)))))"
    default: "(\(percent(depth - 1)) / \(literal))"
    }
  }

  private var comparison: String {
    mutating get { pick([">", ">=", "<", "<=", "=="]) }
  }

  private var window: String {
    mutating get {
      pick([
        "1h", "2h", "90s", "2 publications", "3 publications", "since 2026-02-20", "since week",
        "since armed", "since fired",
      ])
    }
  }

  private var literal: String {
    mutating get {
      pick([
        "0", "1", "0.01", "7", "0.5", "999999999999999999", "0.000000000000000001",
        "123456789.123456789",
      ])
    }
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &numbers)]
  }

  /// Returns a series of one to four rates of any size, with random neighbours and flags.
  mutating func series() -> ConditionSeries? {
    let finest = Int.random(in: 0...18, using: &numbers)
    var rates = [number(finest)]
    for _ in 0..<Int.random(in: 0...4, using: &numbers) {
      rates.append(Bool.random(using: &numbers) ? number(finest) : beside(rates[0]))
    }
    let nominal = [1, 1, 7, 100, 999_999_999][Int.random(in: 0..<5, using: &numbers)]
    guard
      var series = ConditionSeries(rates, scale: finest, nominal: Int64(nominal))
    else { return nil }
    series.others[SourceName("other")] = range(finest)
    for text in ["KZT/USD", "KGS/USD", "EUR/USD"] where Bool.random(using: &numbers) {
      series.beside[CurrencyPair(text) ?? series.pair] = range(finest)
    }
    for mark in AlertMark.allCases where Bool.random(using: &numbers) {
      series.marks[mark] =
        ConditionSeries.start + .seconds(1800 * Int.random(in: 0...10, using: &numbers))
    }
    series.repeats = Int64.random(in: 0...1, using: &numbers)
    series.isRevision = Bool.random(using: &numbers)
    series.isSuspect = Bool.random(using: &numbers)
    series.missed = [nil, 0, 1, 7][Int.random(in: 0..<4, using: &numbers)]
    series.publishedChange =
      [nil, "0.5%", "-\(number(finest))", number(finest) + "%", "none"][
        Int.random(in: 0..<5, using: &numbers)]
    series.changeScale = Bool.random(using: &numbers) ? nil : 2
    return series
  }

  private mutating func number(_ finest: Int) -> String {
    let coefficient = Int64(numbers.magnitude(bits: 0...59))
    let scale = Int.random(in: 0...finest, using: &numbers)
    return ExactDecimal(coefficient: coefficient, scale: scale)?.description ?? "1"
  }

  /// Returns a number a few ticks from another.
  private mutating func beside(_ text: String) -> String {
    guard let other = ExactDecimal(text), other.coefficient > 2 else { return text }
    let step = Int64.random(in: -2...2, using: &numbers)
    return ExactDecimal(coefficient: other.coefficient + step, scale: other.scale)?.description
      ?? text
  }

  private mutating func range(_ finest: Int) -> RateRange? {
    ExactDecimal(number(finest)).flatMap { Rate(printed: $0) }.map {
      RateRange($0, scale: max(finest, $0.printed.scale))
    }
  }
}

@Suite("Any condition on any series")
struct ConditionExtremesTests {
  @Test("is evaluated without a trap, with consistent results under every certainty")
  func consistency() throws {
    var writer = ConditionWriter(numbers: ModelNumbers(seed: 10))
    var outcomes: [String: Int] = [:]
    var words: Set<Substring> = []
    for _ in 0..<3000 {
      let text = writer.condition(depth: 3)
      words.formUnion(text.split { !$0.isLetter && $0 != "_" })
      let condition: Condition
      do {
        condition = try Condition(text)
      } catch {
        outcomes[error.message, default: 0] += 1
        continue
      }
      for _ in 0..<3 {
        guard let series = writer.series() else { continue }
        let now = series.current.firstSeen + .milliseconds(1)
        let verdicts = Certainty.allCases.map {
          condition.evaluate(on: series, at: now, certainty: $0)
        }
        let brief = Certainty.allCases.map {
          condition.evaluateBriefly(on: series, at: now, certainty: $0)
        }
        #expect(brief == verdicts.map(Self.withoutReason), "\(text)")
        switch verdicts[0] {
        case .holds where verdicts != [.holds, .holds, .holds],
          .doesNotHold where verdicts != [.doesNotHold, .doesNotHold, .doesNotHold],
          .undecided where verdicts[2] != .holds || verdicts[1] == .undecided:
          Issue.record("\(text) on \(series.points.map(\.rate.printed)): \(verdicts)")
        default: break
        }
        outcomes[Self.name(verdicts[0]), default: 0] += 1
      }
    }
    // All results occur, and the only errors are those that random constants can cause.
    #expect(
      Set(outcomes.keys).isSubset(of: [
        "holds", "does not hold", "undecided", "unknown", "division by zero",
        "the condition does not depend on the series; use rate or change",
        "the result is too large to be computed",
        "the second rate is below the first; write the lower rate first",
      ]), "\(outcomes)")
    for (name, least) in [("holds", 250), ("does not hold", 250), ("undecided", 50)] {
      #expect(outcomes[name, default: 0] > least, "\(outcomes)")
    }
    for function in try Self.functions() { #expect(words.contains(function[...])) }
  }

  /// The functions of the language, as the error about an unknown one lists them.
  private static func functions() throws -> [String] {
    do throws(ConditionProblem) {
      _ = try Condition("nonsense(1) > 1")
      return []
    } catch {
      let list = try #require(error.message.split(separator: "; expected one of ").last)
      return list.split(separator: ", ").map(String.init)
    }
  }

  private static func withoutReason(_ verdict: Verdict) -> Verdict {
    if case .unknown = verdict { .undecided } else { verdict }
  }

  private static func name(_ verdict: Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .doesNotHold: "does not hold"
    case .undecided: "undecided"
    case .unknown: "unknown"
    }
  }
}
