import FXCore
import FXNotifiers
import FXSystem
import Testing

@Suite("An entry of journald")
struct JournaldNotifierTests {
  @Test("has a field for each value of an alert")
  func alert() async throws {
    let expected = [
      JournalField(
        "MESSAGE",
        "big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23), "
          + "for 2026-02-20; TJS/USD moved"),
      JournalField("PRIORITY", "4"),
      JournalField("MESSAGE_ID", "ea053cffd5bf4e76a385c16ede36fb76"),
      JournalField("SYSLOG_IDENTIFIER", "fxwatch"),
      JournalField("FXWATCH_EVENT", "alert.firing"), JournalField("FXWATCH_NOTIFICATION", "evt_1"),
      JournalField("FXWATCH_ALERT_ID", "a1"),
      JournalField("FXWATCH_RULE", "big-move"), JournalField("FXWATCH_SOURCE", "timesca"),
      JournalField("FXWATCH_PAIR", "TJS/USD"), JournalField("FXWATCH_RATE", "0.10563"),
      JournalField("FXWATCH_PREVIOUS", "0.09168"), JournalField("FXWATCH_CHANGE", "15.22"),
      JournalField("FXWATCH_VALUE_DATE", "2026-02-20"),
      JournalField("FXWATCH_SEVERITY", "warning"),
    ]
    #expect(try await entries(Samples.alert()) == [expected])
  }

  @Test("has no field for an absent value")
  func ping() async throws {
    let expected = [
      JournalField("MESSAGE", "test of notifier ops: a test"), JournalField("PRIORITY", "5"),
      JournalField("MESSAGE_ID", "1108eb661a4e4990be9049a07552ec0b"),
      JournalField("SYSLOG_IDENTIFIER", "fxwatch"), JournalField("FXWATCH_EVENT", "test.ping"),
      JournalField("FXWATCH_NOTIFICATION", "evt_3"),
      JournalField("FXWATCH_NOTIFIER", "ops"), JournalField("FXWATCH_SEVERITY", "notice"),
    ]
    #expect(try await entries(Samples.ping) == [expected])
  }

  @Test(
    "has the priority of the severity",
    arguments: [
      (Severity.info, "6"), (.notice, "5"), (.warning, "4"), (.critical, "2"),
    ])
  func priorities(severity: Severity, priority: String) async throws {
    let entries = try await entries(Samples.alert(severity: severity))
    #expect(entries.first?.contains(JournalField("PRIORITY", priority)) == true)
  }

  @Test("has only names that journald accepts")
  func names() async throws {
    for field in try await entries(Samples.alert()).joined() {
      #expect(Journal.isValidName(field.name))
    }
  }

  private func entries(_ event: FXCore.Notification) async throws -> [[JournalField]] {
    let reading = Reading()
    let definition = try #require(reading.read([("type", "journald")]).definition)
    _ = await definition.notifier.deliver(Samples.shipment(event))
    return reading.entries.all
  }
}
