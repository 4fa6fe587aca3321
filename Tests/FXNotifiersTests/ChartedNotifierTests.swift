import FXCore
import FXNotifiers
import Testing

@Suite("The chart in a mail")
struct ChartedNotifierTests {
  private static let settings: [(String, Written)] = [
    ("type", "email"), ("server", "mail.example"), ("from", "fx@example.org"),
    ("to", "ops@example.org"),
  ]

  /// Returns the text of a mail about events, without soft line breaks, and the questions for rates.
  private func sent(
    _ events: FXCore.Notification..., rates: [String]
  ) async throws -> (text: String, asked: [String]) {
    let reading = Reading()
    let asked = Record<String>()
    let known = rates.compactMap { ExactDecimal($0[...]).flatMap { Rate(printed: $0) } }
    let definition = try #require(reading.read(Self.settings).definition).charted {
      asked.add("\($0) \($1)")
      return known
    }
    _ = await definition.notifier.deliver(
      Shipment(id: "msg_1", notifications: events, attemptedAt: Samples.moment))
    let mail = try #require(reading.mail.mails.all.first)
    let text = String(decoding: mail.message, as: UTF8.self).replacing("=\r\n", with: "")
    return (text, asked.all)
  }

  @Test("has the rates of the series that were known at the event, as characters and as bars")
  func alert() async throws {
    let (text, asked) = try await sent(
      Samples.alert(), rates: ["0.09168", "0.09000", "0.10563"])
    #expect(asked == ["timesca TJS/USD 2026-02-20T09:15:01.904Z"])
    #expect(text.contains("\r\n0.09168 =E2=96=82=E2=96=81=E2=96=88 0.10563\r\n"), "\(text)")
    #expect(
      text.contains("aria-label=3D\"The last 3 rates, from 0.09168 to 0.10563\"><tr>"), "\(text)")
    #expect(text.ranges(of: "<td valign=3D\"bottom\">").count == 3)
    #expect(text.contains("height: 33px;") && text.contains("height: 2px;"))
  }

  @Test("is left out where fewer than two rates are known, and of events about sources")
  func none() async throws {
    let single = try await sent(Samples.alert(), rates: ["0.09168"])
    #expect(single.asked.count == 1)
    #expect(!single.text.contains("aria-label"))
    let source = try await sent(Samples.source(.sourceDown), rates: ["0.09168", "0.09000"])
    #expect(source.asked == [])
    #expect(!source.text.contains("aria-label"))
  }

  @Test("is in mails only")
  func others() throws {
    let definition = try #require(Reading().read([("type", "stdout")]).definition)
    #expect(!(definition.charted { _, _ in [] }.notifier is ChartedNotifier))
  }
}
