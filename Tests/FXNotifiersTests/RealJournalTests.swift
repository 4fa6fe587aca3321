import FXCore
import FXNotifiers
import FXSystem
import Foundation
import Support
import Testing

@Suite(
  "The real journal",
  .enabled(if: RunningJournald.isPossible, "needs root and the package systemd"))
struct RealJournalTests {
  @Test("shows an alert with its fields in journalctl FXWATCH_PAIR=TJS/USD -o json")
  func alert() async throws {
    let journald = try RunningJournald()
    defer { journald.stop() }
    let id = UUID().uuidString
    let outcome = await (try notifier()).deliver(
      Samples.shipment(
        Samples.alert(with: [
          .init("alert_id", .string(id)), .init("summary", .string("two\nlines")),
        ])))
    let entries = try journald.entries(matching: [
      "FXWATCH_PAIR=TJS/USD", "FXWATCH_ALERT_ID=\(id)",
    ])
    #expect(outcome == .delivered(detail: "written to the journal"))
    #expect(entries.count == 1)
    let shown = entries.first?.filter {
      !$0.key.hasPrefix("_") && !$0.key.hasPrefix("SYSLOG_T")
    }
    #expect(
      shown == [
        "MESSAGE": "big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23), "
          + "for 2026-02-20; two\\u{a}lines",
        "PRIORITY": "4", "MESSAGE_ID": MessageIDs.id(of: .alertFiring),
        "SYSLOG_IDENTIFIER": "fxwatch", "FXWATCH_EVENT": "alert.firing",
        "FXWATCH_NOTIFICATION": "evt_1", "FXWATCH_ALERT_ID": id,
        "FXWATCH_RULE": "big-move", "FXWATCH_SOURCE": "timesca", "FXWATCH_PAIR": "TJS/USD",
        "FXWATCH_RATE": "0.10563", "FXWATCH_PREVIOUS": "0.09168", "FXWATCH_CHANGE": "15.22",
        "FXWATCH_VALUE_DATE": "2026-02-20", "FXWATCH_SEVERITY": "warning",
      ])
  }

  private func notifier() throws -> any Notifier {
    let section = SettingsSection(
      Written.map([("type", "journald")]).node(1), path: [], problems: SettingsProblems())
    let context = NotifierContext(
      secrets: PlantedSecrets(), transport: StubTransport(), mail: StubMail(), mqtt: StubBroker(),
      output: { _ in },
      journal: { fields throws(SystemError) in try Journal.send(fields) }, append: { _, _ in },
      run: { _ in .exited(status: 0) }, syslog: { _, _ in })
    return try #require(NotifierCatalog.read(name: "journal", from: section, context: context))
      .notifier
  }
}
