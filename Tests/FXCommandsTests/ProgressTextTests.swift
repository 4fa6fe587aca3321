import FXCommands
import Testing

@Suite("The line about progress")
struct ProgressTextTests {
  @Test("shows the share, then also the rate and the remaining time")
  func counted() {
    let text = ProgressText("storing", done: 2500, of: 10_000, unit: "rates")
    let bar = "[#######                       ] 25 % storing"
    #expect(text.line(after: .milliseconds(400)) == bar)
    #expect(text.line(after: .seconds(2)) == bar + ", 1250 rates/s, 7s left")
    #expect(text.line(after: .seconds(600)) == bar + ", 4.1 rates/s, 1801s left")
    #expect(!text.isComplete)
  }

  @Test("of a share alone has the percentage as its rate")
  func share() {
    let text = ProgressText("verifying", percent: 50)
    #expect(
      text.line(after: .seconds(20))
        == "[###############               ] 50 % verifying, 2.5 %/s, 21s left")
  }

  @Test("of an unknown number shows only what is done")
  func unknown() {
    let text = ProgressText("reading a.zip: 900 days", done: 900, of: nil, unit: "days")
    #expect(text.line(after: .seconds(3)) == "reading a.zip: 900 days, 300 days/s")
    #expect(text.step == "reading")
    #expect(!text.isComplete)
  }

  @Test("has nothing left at the end, and none for nothing")
  func ends() {
    let full = "[##############################] 100 % "
    let all = ProgressText("storing", done: 30, of: 30, unit: "rates")
    #expect(all.line(after: .seconds(3)) == full + "storing, 10 rates/s")
    #expect(all.isComplete)
    let none = ProgressText("storing", done: 0, of: 0, unit: "rates")
    #expect(none.line(after: .seconds(3)) == full + "storing")
  }
}
