import FXCore
import FXNotifiers
import Testing

@Suite("A message for syslog")
struct SyslogNotifierTests {
  /// RFC 5424 section 6: priority, version, time, host, program, process, type, structured data, and a
  /// text that begins with a byte order mark.
  @Test("has the fields of RFC 5424 and the text that people read")
  func text() async throws {
    let lines = try await lines([("facility", "local3")], Samples.alert(severity: .critical))
    #expect(
      lines == [
        "<154>1 2026-02-20T09:15:02.113Z - fxwatch - alert.firing [origin software=\"fxwatch\"] \u{FEFF}"
          + "big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23), for 2026-02-20;"
          + " TJS/USD moved"
      ])
  }

  @Test("has the priority of the severity", arguments: zip(Severity.allCases, [30, 29, 28, 26]))
  func priority(severity: Severity, number: Int) async throws {
    let lines = try await lines([], Samples.alert(severity: severity))
    #expect(lines.first?.hasPrefix("<\(number)>1 ") == true)
  }

  @Test("is at most 2048 bytes for people, and has no control characters")
  func longest() async throws {
    let line = try #require(try await lines([], ServiceSchemaTests.longest).first)
    #expect(line.utf8.count <= 2048)
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test("is the payload with format: json, and pairs with format: logfmt")
  func formats() async throws {
    let json = try #require(try await lines([("format", "json")], Samples.alert()).first)
    #expect(json.hasSuffix("\u{FEFF}" + Samples.alert().payload.description))
    let pairs = try #require(try await lines([("format", "logfmt")], Samples.alert()).first)
    #expect(pairs.contains("\u{FEFF}time=2026-02-20T09:15:02.113Z type=alert.firing"))
  }

  private func lines(
    _ settings: [(String, Written)], _ event: FXCore.Notification
  ) async throws -> [String] {
    let reading = Reading()
    let (definition, problems) = reading.read([("type", "syslog")] + settings)
    #expect(problems == [])
    _ = try await #require(definition).notifier.deliver(Samples.shipment(event))
    return reading.lines.all
  }
}
