import FXCore
import FXNotifiers
import Support
import Testing

@Suite("The batch of a webhook")
struct BatchSchemaTests {
  @Test("matches its JSON Schema, with payloads that match theirs")
  func batch() async throws {
    let schemas = try JSONSchema.payloads()
    let reading = Reading()
    let settings: [(String, Written)] = [
      ("type", "webhook"), ("url", "https://ops.example/hook"), ("batch", "true"),
    ]
    let notifier = try #require(reading.read(settings).definition).notifier
    _ = await notifier.deliver(Samples.shipment(Self.ping(1), Self.ping(2)))
    let request = try #require(reading.transport.requests.all.first)
    let body = try JSONReader.read(request.body)
    #expect(body["type"]?.text == "batch")
    #expect(schemas.problems(of: body, in: "batch.json") == [])
    for event in body["data"]?["events"]?.elements ?? [] {
      #expect(schemas.problems(of: event, in: "test.ping.json") == [])
    }
  }

  private static func ping(_ number: Int) -> FXCore.Notification {
    Notification(
      id: "ping_\(number)", type: .testPing, timestamp: Samples.moment,
      data: .object([
        .init("version", .integer(1)), .init("notifier", .string("ops")),
        .init("severity", .string("info")), .init("summary", .string("fxwatch reaches 'ops'")),
      ]))
  }
}
