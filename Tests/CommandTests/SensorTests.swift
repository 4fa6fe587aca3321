import FXCore
import Foundation
import Support
import Testing

@Suite(
  "The sensors in Home Assistant",
  .enabled(if: MosquittoServer.isPossible, Comment(rawValue: MosquittoServer.needed)),
  .timeLimit(.minutes(5)))
struct SensorTests {
  private static let kgs = "sensor/rate_timesca_KGS_USD"
  private static let level = "rate > 0.0115, pairs: [KGS/USD]"
  private static let high = "binary_sensor/rule_high"

  @Test("are found by discovery, show the rates and what fires, and end with their series")
  func whole() async throws {
    let server = try await MosquittoServer()
    let subscriber = try await server.subscriber(to: "#")
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let installation = try Installation()
    try configure(
      installation, page, server, rules: ["high": Self.level, "move": "change > 1%"])
    let daemon = try await installation.daemon()
    let found = try await subscriber.output.wait(for: "the sensors") { lines in
      ["homeassistant/\(Self.kgs.node)/config", "fxwatch/\(Self.kgs)", "fxwatch/\(Self.high)"]
        .allSatisfy { topic in lines.contains { $0.hasPrefix("\(topic) ") } }
    }
    #expect(found.contains("fxwatch/status online"))
    let config = try Self.json("homeassistant/\(Self.kgs.node)/config", in: found)
    #expect(config["state_topic"]?.text == "fxwatch/\(Self.kgs)")
    #expect(config["availability_topic"]?.text == "fxwatch/status")
    #expect(try Self.json("fxwatch/\(Self.kgs)", in: found)["rate"]?.text == "0.01144")
    #expect(try Self.json("fxwatch/\(Self.high)", in: found)["state"]?.text == "OFF")
    // A rule that only reports events has no state to show.
    #expect(!found.contains { $0.contains("rule_move") })

    page.answer(page: Ticker("21 February 2026", [("KGS/USD", "0.01190", "4%")]).text)
    let fired = try await subscriber.output.wait(for: "the alert") { lines in
      lines.contains { $0.hasPrefix("fxwatch/\(Self.high) ") && $0.contains("\"ON\"") }
        && lines.contains { $0.hasPrefix("fxwatch/\(Self.kgs) ") && $0.contains("0.01190") }
    }
    let state = try Self.json("fxwatch/\(Self.high)", in: fired)
    #expect(state["firing"]?.elements?.compactMap(\.text) == ["timesca KGS/USD"])
    #expect(try Self.json("fxwatch/\(Self.kgs)", in: fired)["change"]?.text == "4.02")

    // Without the rule its sensor is gone, at once and also for later subscribers.
    try configure(installation, page, server, rules: ["move": "change > 1%"])
    #expect(try await installation.command("reload").status == 0)
    try await subscriber.output.wait(for: "the removal") { lines in
      lines.contains("homeassistant/\(Self.high.node)/config ")
        && lines.contains("fxwatch/\(Self.high) ")
    }
    daemon.signal(9)
    try await subscriber.output.wait(for: "the will") { $0.contains("fxwatch/status offline") }
  }

  @Test("of an earlier config are removed after a restart, those of others are not")
  func restarted() async throws {
    let server = try await MosquittoServer()
    let subscriber = try await server.subscriber(to: "#", options: ["--retain-as-published"])
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let installation = try Installation()
    try configure(installation, page, server, rules: ["high": Self.level])
    let daemon = try await installation.daemon()
    try await subscriber.output.wait(for: "the sensor") { lines in
      lines.contains { $0.hasPrefix("fxwatch/\(Self.high) {") }
    }
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
    try await subscriber.output.wait(for: "the end") { $0.contains("fxwatch/status offline") }
    let foreign = "homeassistant/binary_sensor/other/rule_high/config"
    _ = try Program.run(
      "/usr/bin/mosquitto_pub", ["-p", "\(server.port)", "-r", "-t", foreign, "-m", "{}"])
    try configure(installation, page, server, rules: ["low": "rate < 0.0100"])
    let next = try await installation.daemon()
    let lines = try await subscriber.output.wait(for: "the removal") { lines in
      lines.contains("homeassistant/\(Self.high.node)/config ")
        && lines.contains { $0.hasPrefix("fxwatch/binary_sensor/rule_low {") }
    }
    #expect(!lines.contains("\(foreign) "))
    next.signal(15)
    #expect(try await next.ending().status == 0)
  }

  @Test("come back by themselves on a broker that was away and has lost everything")
  func away() async throws {
    let server = try await MosquittoServer()
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let installation = try Installation()
    try configure(installation, page, server, rules: [:])
    server.kill()
    let daemon = try await installation.daemon()
    try await daemon.errors.wait(for: "the failure") { lines in
      lines.contains { $0.contains("the sensors of 'home' cannot be published: cannot connect") }
    }
    let next = try await MosquittoServer(port: server.port)
    let subscriber = try await next.subscriber(to: "#")
    try await subscriber.output.wait(for: "the sensor") { lines in
      lines.contains { $0.hasPrefix("fxwatch/\(Self.kgs) {") }
    }
    try await daemon.errors.wait(for: "the report") { lines in
      lines.contains { $0.contains("the sensors of 'home' are published again") }
    }
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("delay neither the start nor the end of the daemon when the broker never answers")
  func silent() async throws {
    let server = try await MosquittoServer()
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let installation = try Installation()
    try configure(installation, page, server, rules: [:])
    server.freeze()
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let clock = ContinuousClock.now
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
    #expect(ContinuousClock.now - clock < .seconds(10))
  }

  private func configure(
    _ installation: Installation, _ page: LoopbackServer, _ server: MosquittoServer,
    rules: [String: String]
  ) throws {
    try installation.configure(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: rules.sorted { $0.key < $1.key }.map { ($0.key, "{when: \($0.value)}") },
      notifiers: [
        ("home", "{type: mqtt, url: \"mqtt://127.0.0.1:\(server.port)\", home_assistant: true}")
      ])
  }

  /// The content of the latest message of a topic.
  private static func json(_ topic: String, in lines: [String]) throws -> JSONValue {
    let line = lines.last { $0.hasPrefix("\(topic) {") }
    let content = try #require(line).dropFirst(topic.count + 1)
    return try JSONReader.read(Array(content.utf8))
  }
}

extension String {
  /// The place of an entity with the name of the daemon.
  fileprivate var node: String { replacing("/", with: "/fxwatch/") }
}
