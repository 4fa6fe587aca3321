import FXCore
import Testing

@Suite("The problems of a config")
struct SettingsProblemTests {
  @Test("are in the order of the file, those at one place in the order found")
  func order() {
    let problems = SettingsProblems()
    problems.add(.at(9, 2), ["rules"], "fourth")
    problems.add(.at(3, 20), ["sources", "cbu"], "second")
    problems.add(.at(3, 20), ["sources", "cbu"], "third")
    problems.add(.at(3, 4), [], "first")
    problems.add(.wholeFile("etc/fxwatch.yaml"), [], "before all")
    #expect(
      problems.all.map(\.description) == [
        "etc/fxwatch.yaml: before all",
        "etc/fxwatch.yaml:3:4: first",
        "etc/fxwatch.yaml:3:20: sources.cbu: second",
        "etc/fxwatch.yaml:3:20: sources.cbu: third",
        "etc/fxwatch.yaml:9:2: rules: fourth",
      ])
  }

  @Test("stop the daemon from running unless all are warnings")
  func warnings() {
    let problems = SettingsProblems()
    #expect(!problems.hasErrors)
    problems.add(.at(3, 4), ["sources"], "often", isWarning: true)
    #expect(!problems.hasErrors)
    #expect(problems.all.map(\.description) == ["etc/fxwatch.yaml:3:4: warning: sources: often"])
    problems.add(.at(4, 4), [], "wrong")
    #expect(problems.hasErrors)
  }
}
