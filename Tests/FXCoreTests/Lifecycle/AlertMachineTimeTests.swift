import FXCore
import Support
import Testing

@Suite("The alert machine, as time passes")
struct AlertMachineTimeTests {
  private static let start = Timestamp(seconds: 1_771_578_000)

  /// A random rule with a threshold as its condition.
  private static func rule(_ chance: inout SeededRandom) throws -> Rule {
    var rule = Rule(name: "high", condition: try Condition("rate > 1"))
    if chance.oneIn(3) { rule.release = try Condition("rate < 0.9") }
    if chance.oneIn(3) { rule.remind = .seconds(3600 * Int.random(in: 1...30, using: &chance)) }
    if chance.oneIn(4) {
      rule.limit = FiringLimit(
        count: 1, period: .seconds(3600 * Int.random(in: 1...30, using: &chance)))
    }
    if chance.oneIn(4) {
      rule.expires = start.day.advanced(by: Int.random(in: 0...2, using: &chance))
    }
    rule.once = chance.oneIn(4)
    switch Int.random(in: 0..<3, using: &chance) {
    case 0: rule.hold = .time(.seconds(3600 * Int.random(in: 1...20, using: &chance)))
    case 1: rule.hold = .publications(Int.random(in: 0...4, using: &chance))
    default: break
    }
    return rule
  }

  /// A random progress of its alert at an instant.
  private static func progress(at now: Timestamp, _ chance: inout SeededRandom) -> AlertProgress {
    let since = now - .seconds(60 * Int.random(in: 0...3000, using: &chance))
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: return AlertProgress(.retired)
    case 1: return AlertProgress(.inactive, transitions: [95])
    case 2: return AlertProgress(.pending(publications: 1, since: since))
    default:
      var progress = AlertProgress(.firing(alertID: "a", since: since), lastNotified: since)
      if chance.oneIn(4) { progress.lastNotified = nil }
      if chance.oneIn(4) { progress.sent = [since] }
      if chance.oneIn(4) { progress.flapping = .random(using: &chance) }
      return progress
    }
  }

  private static func input(_ verdict: Verdict, _ rule: Rule, at now: Timestamp) -> AlertInput {
    AlertInput(
      verdict: verdict, release: rule.release == nil ? nil : .doesNotHold, publication: 100,
      isPublication: false, now: now, newAlertID: "b")
  }

  @Test("changes nothing while the condition holds where it answers that nothing changes")
  func unchangedWhileHolding() throws {
    var chance = SeededRandom(seed: 3)
    var count = 0
    for _ in 0..<5000 {
      let rule = try Self.rule(&chance)
      let progress = Self.progress(at: Self.start, &chance)
      guard AlertMachine.isUnchanged(whileHolding: progress, under: rule) else { continue }
      count += 1
      let now = Self.start + .seconds(60 * Int.random(in: 1...10_000, using: &chance))
      var input = Self.input(.holds, rule, at: now)
      input.isPublication = .random(using: &chance)
      input.isSilenced = .random(using: &chance)
      input.isAcknowledged = .random(using: &chance)
      let step = AlertMachine.step(progress, on: input, under: rule.policy)
      #expect(step.progress == progress, "\(rule) \(progress)")
      #expect(step.transition == nil, "\(rule) \(progress)")
    }
    #expect(count > 300)
  }

  /// The clock steps an alert as the engine does: without a verdict, except while it is pending.
  @Test("changes nothing by the clock before the next move, and moves the alert at it")
  func nextMove() throws {
    var chance = SeededRandom(seed: 5)
    var moves = 0
    for _ in 0..<5000 {
      let rule = try Self.rule(&chance)
      var progress = Self.progress(at: Self.start, &chance)
      // Whatever was due before is done.
      let verdict: Verdict = if case .pending = progress.phase { .holds } else { .undecided }
      let first = Self.input(verdict, rule, at: Self.start)
      guard let settled = AlertMachine.step(progress, on: first, under: rule.policy).progress
      else { continue }
      progress = settled
      let next = AlertMachine.nextMove(
        of: progress, under: rule, AlertSuppression(), after: Self.start)
      let early = next.map { $0 - .milliseconds(1) } ?? Self.start + .seconds(1_000_000)
      let same: Verdict = if case .pending = progress.phase { .holds } else { .undecided }
      guard next != nil || same == .undecided else { continue }
      let before = AlertMachine.step(
        progress, on: Self.input(same, rule, at: early), under: rule.policy)
      #expect(before.progress == progress, "\(rule) \(progress)")
      #expect(before.transition == nil, "\(rule) \(progress)")
      guard let next else { continue }
      moves += 1
      let after = AlertMachine.step(
        progress, on: Self.input(same, rule, at: next), under: rule.policy)
      #expect(after.progress != progress, "\(rule) \(progress)")
    }
    #expect(moves > 500)
  }

  @Test("sends a firing again after a silence and a timed acknowledgement, whichever ends last")
  func suppressed() throws {
    var rule = Rule(name: "high", condition: try Condition("rate > 1"))
    let (start, hour) = (Self.start, Duration.seconds(3600))
    let sent = AlertProgress(.firing(alertID: "a", since: start), lastNotified: start)
    let unsent = AlertProgress(.firing(alertID: "a", since: start))
    var suppression = AlertSuppression()
    suppression.silencedUntil = start + hour * 5
    func next(_ progress: AlertProgress) -> Timestamp? {
      AlertMachine.nextMove(of: progress, under: rule, suppression, after: start)
    }
    #expect(next(unsent) == start + hour * 5)
    #expect(next(sent) == nil)
    rule.remind = hour
    #expect(next(sent) == start + hour * 5)
    suppression.acknowledgement = .until(start + hour * 8)
    #expect(next(sent) == start + hour * 8)
    suppression.acknowledgement = .untilResolved
    #expect(next(sent) == nil)
    suppression = AlertSuppression()
    #expect(next(sent) == start + hour)
  }

  @Test("leaves an alert as it is while the rate stays, where nothing is pending or to be sent")
  func settled() throws {
    var rule = Rule(name: "high", condition: try Condition("rate > 1"))
    let sent = AlertProgress(
      .firing(alertID: "a", since: Self.start), lastNotified: Self.start)
    func isSettled(_ progress: AlertProgress?, holds: Bool) -> Bool {
      AlertMachine.isSettled(progress, under: rule) { $0 == rule.condition && holds }
    }
    #expect(isSettled(nil, holds: false))
    #expect(!isSettled(nil, holds: true))
    #expect(isSettled(sent, holds: true))
    #expect(!isSettled(sent, holds: false))
    #expect(isSettled(AlertProgress(.retired), holds: true))
    let pending = AlertProgress(.pending(publications: 1, since: Self.start))
    #expect(!isSettled(pending, holds: true))
    rule.release = try Condition("rate < 0.9")
    #expect(isSettled(sent, holds: true))
    rule.remind = .seconds(3600)
    #expect(!isSettled(sent, holds: true))
  }
}
