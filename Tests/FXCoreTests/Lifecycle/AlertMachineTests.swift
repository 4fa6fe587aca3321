import FXCore
import Testing

@Suite("The alert machine")
struct AlertMachineTests {
  /// One life of an alert: a step an hour, a character a step.
  struct Life: Sendable, CustomTestStringConvertible {
    let story: String
    var policy = AlertPolicy(kind: .state, hold: .publications(0), hasRelease: false)

    /// `+` a publication on which the condition holds, `-` on which it does not, `?` undecided, `x`
    /// cannot tell; `t` the clock asks, `T` it asks and the condition holds.
    let script: String

    /// `s` silenced, `a` acknowledged, `.` neither.
    var suppressed = ""

    /// `F` fired, `R` resolved, either in lower case where it is the last word before it is stable
    /// again; `q` resolved and never told; `N` reminded, `D` disclosed, `E` expired.
    let told: String

    var testDescription: String { story }
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

  static let lives: [Life] = [
    Life(story: "tells when it begins and when it ends", script: "-++--+", told: ".F.R.F"),
    Life(
      story: "is moved neither by rounding nor by missing data", script: "?x+?x-x?",
      told: "..F..R.."),
    Life(
      story: "waits for two publications in a row", policy: state(hold: .publications(2)),
      script: "+-++-", told: "...FR"),
    Life(
      story: "keeps waiting over what cannot be told", policy: state(hold: .publications(2)),
      script: "+?x+", told: "...F"),
    Life(
      story: "waits for two hours without interruption", policy: state(hold: .time(.seconds(7200))),
      script: "+-+tT-", told: "....FR"),
    Life(story: "tells a moment once each time", policy: event(), script: "+-++", told: "F.FF"),
    Life(
      story: "tells a moment from the second in a row on", policy: event(hold: .publications(2)),
      script: "+++-+", told: ".FF.."),
    Life(
      story: "reminds by the clock, once a period", policy: state(remind: 2), script: "+ttt+tt-t",
      told: "F.N.N.NR."),
    Life(
      story: "reminds once after a long sleep, and a period later", policy: state(remind: 1),
      script: "+t", told: "FN"),
    Life(
      story: "does not remind of what is known", policy: state(remind: 2), script: "+tttttt",
      suppressed: ".aaaa..", told: "F....N."),
    Life(
      story: "tells the end of what is known", policy: state(remind: 2), script: "+t-",
      suppressed: ".aa", told: "F.R"),
    Life(
      story: "tells after a silence what still fires", script: "+++t-", suppressed: "sss..",
      told: "F..DR"),
    Life(
      story: "keeps to itself the end of what nobody heard of", script: "+-+t-",
      suppressed: "ssss.", told: "FqF.q"),
    Life(
      story: "keeps quiet under a silence, and reminds after it", policy: state(remind: 1),
      script: "+ttttt", suppressed: ".ss...", told: "F..NNN"),
    Life(story: "fires once and is done", policy: state(once: true), script: "+-+-", told: "FR.."),
    Life(
      story: "tells one moment and is done", policy: event(once: true), script: "-+++",
      told: ".F.."),
    Life(
      story: "ends in silence with its rule", policy: state(endAfter: 3), script: "+++t+-+",
      told: "F..E..."),
    Life(
      story: "does nothing under a rule that has ended", policy: state(endAfter: 0), script: "+-+",
      told: "..."),
    Life(
      story: "goes on after four turns", script: "+-+-" + "-----------------" + "+",
      told: "FRFR" + "................." + "F"),
    Life(
      story: "holds from the fifth turn in 21 evaluations on, until seven bring none",
      script: "+-+-+-+-------" + "-+", told: "FRFRf........." + "RF"),
    Life(
      story: "says nothing when it ends up as it was told", script: "+-+-+-+" + "+++++++-",
      told: "FRFRf.." + ".......R"),
    Life(
      story: "may hold as over, and tells what fires once it is stable",
      script: "+" + String(repeating: "+", count: 20) + "-+-+-" + "+++++++" + "+",
      told: "F" + "...................." + "RFRFr" + "......." + "F"),
    Life(
      story: "does not remind while it is held", policy: state(remind: 1), script: "+-+-+tt",
      told: "FRFRf.."),
  ]

  @Test("takes an alert through its life", arguments: lives)
  func life(_ life: Life) {
    #expect(Self.played(life).told == life.told)
  }

  @Test("forgets an alert once 21 publications have not moved it")
  func forgets() {
    let until = "+-" + String(repeating: "-", count: 20)
    let life = { (script: String) in Life(story: "", script: script, told: "") }
    #expect(
      Self.played(life(until)).progress == AlertProgress(.inactive, transitions: [1, 2]))
    #expect(Self.played(life(until + "-")).progress == nil)
  }

  @Test("ends an alert on its own release only")
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

  private static func played(_ life: Life) -> (progress: AlertProgress?, told: String) {
    var progress: AlertProgress?
    var told = ""
    let suppressed = Array(life.suppressed)
    var publication: Int64 = 0
    for (hour, step) in life.script.enumerated() {
      let isPublication = step != "t" && step != "T"
      if isPublication { publication += 1 }
      let verdict: Verdict =
        switch step {
        case "+", "T": .holds
        case "-": .doesNotHold
        case "x": .unknown(because: "nothing is known")
        default: .undecided
        }
      var input = AlertInput(
        verdict: verdict, release: nil, publication: publication, isPublication: isPublication,
        now: start + .seconds(3600 * hour), newAlertID: "alert-\(hour)")
      if hour < suppressed.count {
        input.isSilenced = suppressed[hour] == "s"
        input.isAcknowledged = suppressed[hour] == "a"
      }
      let result = AlertMachine.step(progress, on: input, under: life.policy)
      progress = result.progress
      told += letter(of: result.transition)
    }
    return (progress, told)
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
