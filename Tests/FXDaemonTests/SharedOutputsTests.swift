import FXDaemon
import Testing

@Suite("The outputs that notifiers and the log share")
struct SharedOutputsTests {
  private static let notifiers = [
    ("console", "stdout"), ("journal", "journald"), ("ops", "webhook"),
  ]

  private static func outputs(
    of notifiers: [(String, String)], journal: Bool, terminal: Bool = false
  ) -> SharedOutputs {
    SharedOutputs(
      of: notifiers.map { (name: $0.0, kind: $0.1) }, outputIsJournal: journal,
      logIsJournal: journal, outputIsLog: journal || terminal)
  }

  @Test("are the journal under systemd, where journald has more fields than standard output")
  func service() {
    let outputs = Self.outputs(of: Self.notifiers, journal: true)
    #expect(outputs.repeated(by: "console") == ["journal"])
    #expect(outputs.repeated(by: "journal") == [])
    #expect(outputs.repeated(by: "ops") == [])
    #expect(outputs.inLog == ["console", "journal"])
  }

  @Test("leave standard output its events where no other notifier writes to the journal")
  func withoutJournald() {
    let outputs = Self.outputs(of: [Self.notifiers[0], Self.notifiers[2]], journal: true)
    #expect(outputs.repeated(by: "console") == [])
    #expect(outputs.inLog == ["console"])
  }

  @Test("are the terminal, where a stdout notifier writes beside the log")
  func terminal() {
    let outputs = Self.outputs(of: Self.notifiers, journal: false, terminal: true)
    #expect(outputs.repeated(by: "console") == [])
    #expect(outputs.inLog == ["console"])
  }

  @Test("are none where both streams are redirected to different places")
  func redirected() {
    let outputs = Self.outputs(of: Self.notifiers, journal: false)
    #expect(outputs.repeated(by: "console") == [])
    #expect(outputs.inLog == [])
  }
}
