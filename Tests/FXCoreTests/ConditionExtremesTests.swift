import FXCore
import Testing

/// Writes random conditions that pass the type checker.
private struct ConditionWriter {
  var numbers: ModelNumbers

  mutating func condition(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &numbers) {
    case 0: "\(rate(depth)) \(comparison) \(rate(depth))"
    case 1: "\(percent(depth)) \(comparison) \(percent(depth))"
    case 2: "age \(comparison) 24h * \(literal)"
    case 3: "\(pick(["crosses", "crosses_above", "crosses_below"]))(\(rate(depth)))"
    case 4: "not (\(condition(depth: depth - 1)))"
    case 5: "\(pick(["enters", "leaves"]))(\(rate(depth - 1)) - 1 - 1, \(rate(depth - 1)) * 1)"
    default:
      "(\(condition(depth: depth - 1)) \(pick(["and", "or"])) \(condition(depth: depth - 1)))"
    }
  }

  private mutating func rate(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 4), using: &numbers) {
    case 0: "rate"
    case 1: pick(["at(1h)", "at(2h)", "at(90s)"])
    case 2: pick(["delta", "delta(1h)"])
    case 3: literal
    case 4: "(\(rate(depth - 1)) + \(rate(depth - 1)))"
    case 5: "(\(rate(depth - 1)) - \(rate(depth - 1)))"
    case 6: "-\(rate(depth - 1))"
    case 7: "abs(\(rate(depth - 1)))"
    default: "(\(rate(depth - 1)) * (\(percent(depth - 1)) / 1%))"
    }
  }

  private mutating func percent(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 3), using: &numbers) {
    case 0: "change"
    case 1: pick(["change(1h)", "change(2h)"])
    case 2: literal + "%"
    case 3: "(\(percent(depth - 1)) - \(percent(depth - 1)))"
    case 4: "abs(\(percent(depth - 1)))"
    case 5:
      "(\(percent(depth - 1)) * ((rate + \(rate(depth - 1))) / (rate - \(rate(depth - 1)))))"
    default: "(\(percent(depth - 1)) / \(literal))"
    }
  }

  private var comparison: String {
    mutating get { pick([">", ">=", "<", "<=", "=="]) }
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

  /// A series of one to three figures of any size.
  mutating func series() -> ConditionSeries? {
    let finest = Int.random(in: 0...18, using: &numbers)
    let figures = (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
      let coefficient = Int64(numbers.magnitude(bits: 0...59))
      let scale = Int.random(in: 0...finest, using: &numbers)
      return ExactDecimal(coefficient: coefficient, scale: scale)?.description ?? "1"
    }
    let nominal = [1, 1, 7, 100, 999_999_999][Int.random(in: 0..<5, using: &numbers)]
    return ConditionSeries(figures, scale: finest, nominal: Int64(nominal))
  }
}

@Suite("Any condition on any series")
struct ConditionExtremesTests {
  @Test("is answered without a trap, and alike however it reads what is certain")
  func consistency() {
    var writer = ConditionWriter(numbers: ModelNumbers(seed: 10))
    var outcomes: [String: Int] = [:]
    for _ in 0..<5000 {
      let text = writer.condition(depth: 3)
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
    // Every outcome is met, and every refusal is one of those a constant can earn.
    #expect(
      Set(outcomes.keys).isSubset(of: [
        "holds", "does not hold", "undecided", "cannot tell", "this divides by zero",
        "this asks nothing of the series; use rate or change", "this is too large to be computed",
        "the channel ends below its start; write the lower rate first",
      ]), "\(outcomes)")
    for name in ["holds", "does not hold", "undecided", "cannot tell"] {
      #expect(outcomes[name, default: 0] > 250, "\(outcomes)")
    }
  }

  private static func name(_ verdict: Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .doesNotHold: "does not hold"
    case .undecided: "undecided"
    case .cannotTell: "cannot tell"
    }
  }
}
