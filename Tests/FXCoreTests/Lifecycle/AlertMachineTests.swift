import FXCore
import Testing

@Suite("The alert machine")
struct AlertMachineTests {
  /// A scenario of one alert: one step an hour, one character a step.
  struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    var policy = AlertPolicy(kind: .state, hold: .publications(0), hasRelease: false)

    /// `+` a publication on which the condition holds, `^` one on which it holds because the rate moved
    /// back to the one before the previous, `-` does not hold, `?` is undecided, `x` is
    /// unknown; `t` an evaluation by the clock, `T` one on which the condition holds.
    let script: String

    /// `s` silenced, `a` acknowledged, `.` neither.
    var suppressed = ""

    /// `F` fired, `R` resolved, in lower case the last event before a flapping alert is stable again;
    /// `q` resolved without notification, `N` reminded, `D` announced after a silence, `E` expired.
    let events: String

    var testDescription: String { name }
  }

  static let start = Timestamp(seconds: 1_771_578_000)

  static func state(
    hold: Hold = .publications(0), hasRelease: Bool = false, remind: Int? = nil,
    once: Bool = false, endAfter hours: Int? = nil
  ) -> AlertPolicy {
    AlertPolicy(
      kind: .state, hold: hold, hasRelease: hasRelease, remind: remind.map { .seconds(3600 * $0) },
      once: once, end: hours.map { start + .seconds(3600 * $0) })
  }

  static func event(hold: Hold = .publications(0), once: Bool = false) -> AlertPolicy {
    AlertPolicy(kind: .event, hold: hold, hasRelease: false, once: once)
  }

  static let scenarios: [Scenario] = [
    Scenario(name: "fires and resolves", script: "-++--+", events: ".F.R.F"),
    Scenario(
      name: "is moved neither by rounding nor by missing data", script: "?x+?x-x?",
      events: "..F..R.."),
    Scenario(
      name: "waits for two publications in a row", policy: state(hold: .publications(2)),
      script: "+-++-", events: "...FR"),
    Scenario(
      name: "stays pending while the condition is undecided or unknown",
      policy: state(hold: .publications(2)),
      script: "+?x+", events: "...F"),
    Scenario(
      name: "waits for two hours without interruption", policy: state(hold: .time(.seconds(7200))),
      script: "+-+tT-", events: "....FR"),
    Scenario(name: "fires an event each time", policy: event(), script: "+-++", events: "F.FF"),
    Scenario(
      name: "fires an event from the second in a row on", policy: event(hold: .publications(2)),
      script: "+++-+", events: ".FF.."),
    Scenario(
      name: "reminds by the clock, once a period", policy: state(remind: 2), script: "+ttt+tt-t",
      events: "F.N.N.NR."),
    Scenario(
      name: "reminds once after a late wake-up", policy: state(remind: 1),
      script: "+t", events: "FN"),
    Scenario(
      name: "sends no reminder of an acknowledged alert", policy: state(remind: 2),
      script: "+tttttt",
      suppressed: ".aaaa..", events: "F....N."),
    Scenario(
      name: "resolves an acknowledged alert", policy: state(remind: 2), script: "+t-",
      suppressed: ".aa", events: "F.R"),
    Scenario(
      name: "announces after a silence an alert that still fires", script: "+++t-",
      suppressed: "sss..",
      events: "F..DR"),
    Scenario(
      name: "resolves without notification an alert that was never sent", script: "+-+t-",
      suppressed: "ssss.", events: "FqF.q"),
    Scenario(
      name: "sends no reminder under a silence, and one after it", policy: state(remind: 1),
      script: "+ttttt", suppressed: ".ss...", events: "F..NNN"),
    Scenario(
      name: "fires once and retires", policy: state(once: true), script: "+-+-", events: "FR.."),
    Scenario(
      name: "fires an event once and retires", policy: event(once: true), script: "-+++",
      events: ".F.."),
    Scenario(
      name: "expires with its rule", policy: state(endAfter: 3), script: "+++t+-+",
      events: "F..E..."),
    Scenario(
      name: "does nothing under a rule that has ended", policy: state(endAfter: 0), script: "+-+",
      events: "..."),
    Scenario(
      name: "does not flap with four transitions", script: "+-+-" + "-----------------" + "+",
      events: "FRFR" + "................." + "F"),
    Scenario(
      name: "flaps from the fifth transition in 21 evaluations on, until seven without one",
      script: "+-+-+-+-------" + "-+", events: "FRFRf........." + "RF"),
    Scenario(
      name: "sends nothing when it is stable in the state last sent",
      script: "+-+-+-+" + "+++++++-",
      events: "FRFRf.." + ".......R"),
    Scenario(
      name: "may flap as resolved, and fires once it is stable",
      script: "+" + String(repeating: "+", count: 20) + "-+-+-" + "+++++++" + "+",
      events: "F" + "...................." + "RFRFr" + "......." + "F"),
    Scenario(
      name: "sends no reminder while it flaps", policy: state(remind: 1), script: "+-+-+tt",
      events: "FRFRf.."),
    Scenario(
      name: "flaps as an event from the fifth in 21 publications on, until seven without one",
      policy: event(), script: "+-+-+-+-+" + "-+" + "-------" + "+",
      events: "F.F.F.F.f" + ".." + "......." + "F"),
    Scenario(
      name: "does not flap as an event that fires with every publication", policy: event(),
      script: "++++++++", events: "FFFFFFFF"),
    Scenario(
      name: "flaps as an event of a rate that alternates between two values", policy: event(),
      script: "+^^^^^^^" + "+++++++" + "+", events: "FFFFf..." + "......F" + "F"),
    Scenario(
      name: "does not flap as an event with four in 21 publications", policy: event(),
      script: "+-+-+-+--------------" + "+", events: "F.F.F.F.............." + "F"),
  ]

  @Test("moves an alert through a scenario", arguments: scenarios)
  func moves(_ scenario: Scenario) {
    #expect(Self.played(scenario).events == scenario.events)
  }

  /// `F` a firing that is sent, with the number withheld before it, `w` one that is withheld, `D` a firing
  /// that is sent later, `R` an end that is sent, `q` one that is not.
  @Test(
    "sends at most so many firings within a period",
    arguments: [
      (
        FiringLimit(count: 1, period: .seconds(10_800)), Condition.Kind.state, "+-+-+-",
        "F0 R w q F1 R"
      ),
      (FiringLimit(count: 2, period: .seconds(14_400)), .state, "+-+-+-+-", "F0 R F0 R F0 R F0 R"),
      (FiringLimit(count: 1, period: .seconds(14_400)), .state, "+-++++-+-", "F0 R w . D0 . R w q"),
      (
        FiringLimit(count: 1, period: .seconds(14_400)), .state, "+-+-+-+-+", "F0 R w q F1 R w q F1"
      ),
      (FiringLimit(count: 1, period: .seconds(14_400)), .event, "+++++-", "F0 w w w F3 ."),
      (FiringLimit(count: 2, period: .seconds(14_400)), .event, "+++++++", "F0 F0 w w F2 F0 w"),
    ])
  func limit(limit: FiringLimit, kind: Condition.Kind, script: String, events: String) {
    let policy = AlertPolicy(
      kind: kind, hold: .publications(0), hasRelease: false, limit: limit)
    var progress: AlertProgress?
    var found: [String] = []
    for (hour, step) in script.enumerated() {
      let input = AlertInput(
        verdict: step == "+" ? .holds : .doesNotHold, release: nil, publication: Int64(hour) * 30,
        isPublication: true, now: Self.start + .seconds(3600 * hour), newAlertID: "alert-\(hour)")
      let result = AlertMachine.step(progress, on: input, under: policy)
      let wasSent = (result.progress?.sent ?? []) != (progress?.sent ?? [])
      var event = Self.letter(of: result.transition)
      if event == "F", !wasSent { event = "w" }
      if wasSent { event += "\(progress?.withheld ?? 0)" }
      found.append(event)
      progress = result.progress
    }
    #expect(found.joined(separator: " ") == events)
  }

  @Test("forgets the limit of an alert once its period is over and nothing was withheld")
  func forgetsLimit() {
    let policy = AlertPolicy(
      kind: .state, hold: .publications(0), hasRelease: false,
      limit: FiringLimit(count: 1, period: .seconds(7200)))
    var progress: AlertProgress? = AlertProgress(.inactive)
    progress?.sent = [Self.start]
    for (hour, isKept) in [(1, true), (2, false)] {
      let input = AlertInput(
        verdict: .doesNotHold, release: nil, publication: 9, isPublication: true,
        now: Self.start + .seconds(3600 * hour), newAlertID: "")
      progress = AlertMachine.step(progress, on: input, under: policy).progress
      #expect((progress != nil) == isKept)
    }
  }

  @Test("sends a firing although the clock was ahead at the one before")
  func limitAfterClockStep() {
    let policy = AlertPolicy(
      kind: .state, hold: .publications(0), hasRelease: false,
      limit: FiringLimit(count: 1, period: .seconds(7200)))
    var progress = AlertProgress(.inactive)
    progress.sent = [Self.start + .seconds(86_400)]
    let input = AlertInput(
      verdict: .holds, release: nil, publication: 9, isPublication: true, now: Self.start,
      newAlertID: "a")
    let result = AlertMachine.step(progress, on: input, under: policy)
    #expect(result.progress?.sent == [Self.start])
    #expect(result.progress?.lastNotified == Self.start)
  }

  @Test("drops an alert after 21 publications without a transition")
  func forgets() {
    let until = "+-" + String(repeating: "-", count: 20)
    let scenario = { (script: String) in Scenario(name: "", script: script, events: "") }
    #expect(
      Self.played(scenario(until)).progress == AlertProgress(.inactive, transitions: [1, 2]))
    #expect(Self.played(scenario(until + "-")).progress == nil)
  }

  @Test("resolves an alert with a release only on the release")
  func release() {
    var input = AlertInput(
      verdict: .doesNotHold, release: .doesNotHold, publication: 2, isPublication: true,
      now: Self.start, newAlertID: "b")
    let firing = AlertProgress(.firing(alertID: "a", since: Self.start), lastNotified: Self.start)
    let policy = Self.state(hasRelease: true)
    #expect(AlertMachine.step(firing, on: input, under: policy).progress == firing)
    input.release = .undecided
    #expect(AlertMachine.step(firing, on: input, under: policy).progress == firing)
    input.release = .holds
    let (progress, transition) = AlertMachine.step(firing, on: input, under: policy)
    #expect(progress == AlertProgress(.inactive, transitions: [2]))
    #expect(
      transition
        == .resolved(alertID: "a", firedAt: Self.start, isFlapping: false, wasNotified: true))
  }

  @Test("resolves an alert once it is stable where its release was held while it flapped")
  func heldRelease() {
    let policy = Self.state(hasRelease: true)
    var progress: AlertProgress? = AlertProgress(
      .firing(alertID: "a", since: Self.start), lastNotified: Self.start, transitions: [10],
      flapping: true)
    var transitions: [AlertTransition?] = []
    for publication in Int64(11)...18 {
      let input = AlertInput(
        verdict: .doesNotHold, release: publication == 11 ? .holds : .doesNotHold,
        publication: publication, isPublication: true, now: Self.start, newAlertID: "")
      let result = AlertMachine.step(progress, on: input, under: policy)
      progress = result.progress
      transitions.append(result.transition)
    }
    #expect(transitions.dropLast().allSatisfy { $0 == nil })
    #expect(
      transitions.last
        == .resolved(alertID: "a", firedAt: Self.start, isFlapping: false, wasNotified: true))
  }

  @Test("fires an alert once it is stable where it was held while it flapped")
  func heldFiring() {
    let policy = Self.state(hasRelease: true)
    let progress = AlertProgress(.inactive, transitions: [10], flapping: true)
    let input = AlertInput(
      verdict: .undecided, release: .doesNotHold, publication: 17, isPublication: true,
      now: Self.start, newAlertID: "b")
    #expect(
      AlertMachine.step(progress, on: input, under: policy).transition
        == .fired(alertID: "b", isFlapping: false))
  }

  @Test("holds an event that flaps until it is stable after a revision on which it came again")
  func revisionWhileFlapping() {
    var progress: AlertProgress? = AlertProgress(.inactive, transitions: [10], flapping: false)
    var fired: [Int64] = []
    for publication in Int64(11)...24 {
      var input = AlertInput(
        verdict: publication == 16 || publication > 20 ? .holds : .doesNotHold, release: nil,
        publication: publication, isPublication: publication != 16, now: Self.start,
        newAlertID: "a")
      input.isRevision = publication == 16
      let result = AlertMachine.step(progress, on: input, under: Self.event())
      progress = result.progress
      if result.transition != nil { fired.append(publication) }
    }
    // It comes again with publication 21, and is stable seven publications later than that.
    #expect(fired.isEmpty)
    #expect(progress?.transitions == [21])
  }

  @Test("does not count a revision as one more publication")
  func revision() {
    let policy = Self.event(hold: .publications(2))
    var input = AlertInput(
      verdict: .holds, release: nil, publication: 2, isPublication: false, now: Self.start,
      newAlertID: "a")
    input.isRevision = true
    let pending = AlertProgress(.pending(publications: 1, since: Self.start))
    #expect(AlertMachine.step(nil, on: input, under: policy).progress == pending)
    let (progress, transition) = AlertMachine.step(pending, on: input, under: policy)
    #expect(progress == pending)
    #expect(transition == nil)
  }

  @Test("is armed with the first evaluation, and again with its end or its event")
  func arming() {
    func armings(_ policy: AlertPolicy, _ script: String) -> [[Int64]] {
      var progress: AlertProgress?
      return script.enumerated().map { hour, step in
        let input = AlertInput(
          verdict: step == "+" ? .holds : .doesNotHold, release: nil, publication: Int64(hour) + 1,
          isPublication: true, now: Self.start + .seconds(3600 * hour), newAlertID: "a")
        progress = AlertMachine.step(progress, on: input, under: policy).progress
        let arming = progress?.arming
        return [arming?.before, arming?.at].compactMap(\.self).map {
          ($0 - Self.start).components.seconds / 3600
        }
      }
    }
    var state = Self.state()
    #expect(armings(state, "-+--") == [[], [], [], []])
    state.isArmed = true
    #expect(armings(state, "--+-+-") == [[0], [0], [0], [0, 3], [0, 3], [3, 5]])
    var event = Self.event()
    event.isArmed = true
    #expect(armings(event, "-+-+") == [[0], [0, 1], [0, 1], [1, 3]])
    var progress = AlertProgress(.inactive)
    progress.arming = AlertArming(at: Self.start)
    let input = AlertInput(
      verdict: .doesNotHold, release: nil, publication: 1, isPublication: true, now: Self.start,
      newAlertID: "a")
    #expect(AlertMachine.step(progress, on: input, under: Self.state()).progress == nil)
  }

  private static func played(_ scenario: Scenario) -> (progress: AlertProgress?, events: String) {
    var progress: AlertProgress?
    var events = ""
    let suppressed = Array(scenario.suppressed)
    var publication: Int64 = 0
    for (hour, step) in scenario.script.enumerated() {
      let isPublication = step != "t" && step != "T"
      if isPublication { publication += 1 }
      let verdict: Verdict =
        switch step {
        case "+", "^", "T": .holds
        case "-": .doesNotHold
        case "x": .unknown(because: "no rate")
        default: .undecided
        }
      var input = AlertInput(
        verdict: verdict, release: nil, publication: publication, isPublication: isPublication,
        now: start + .seconds(3600 * hour), newAlertID: "alert-\(hour)")
      input.isReturn = step == "^"
      if hour < suppressed.count {
        input.isSilenced = suppressed[hour] == "s"
        input.isAcknowledged = suppressed[hour] == "a"
      }
      let result = AlertMachine.step(progress, on: input, under: scenario.policy)
      progress = result.progress
      events += letter(of: result.transition)
    }
    return (progress, events)
  }

  private static func letter(of transition: AlertTransition?) -> String {
    switch transition {
    case nil: "."
    case .fired(_, let isFlapping): isFlapping ? "f" : "F"
    case .resolved(_, _, let isFlapping, let wasNotified):
      wasNotified ? isFlapping ? "r" : "R" : "q"
    case .reminded: "N"
    case .announced: "D"
    case .expired: "E"
    }
  }
}
