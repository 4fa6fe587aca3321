import FXCore
import FXNotifiers
import Testing

@Suite("Sensors in Home Assistant")
struct HomeAssistantTests {
  private static let now = Samples.moment

  @Test("are read as true, or with another prefix, topic and pairs")
  func settings() throws {
    let plain = try settings("true")
    #expect(plain.statusTopic == "fxwatch/status")
    #expect(
      plain.discoveryFilters == [
        "homeassistant/sensor/fxwatch/+/config", "homeassistant/binary_sensor/fxwatch/+/config",
      ])
    var will = MQTTMessage(
      topic: "fxwatch/status", payload: Array("offline".utf8), quality: .atLeastOnce,
      isRetained: true)
    will.contentType = nil
    #expect(plain.broker.will == will)
    let other = try settings(
      .map([("prefix", "ha"), ("topic", "home/fx"), ("pairs", .list(["*/USD"]))]))
    #expect(other.discoveryFilters.first == "ha/sensor/home_fx/+/config")
    #expect(other.includes(Self.pair("KGS/USD")))
    #expect(!other.includes(Self.pair("USD/KGS")))
    let (absent, problems) = read("false")
    #expect(absent == nil && problems == [])
  }

  @Test(
    "have topics without wildcards",
    arguments: [("prefix", "ha/#"), ("topic", "a//b"), ("topic", ""), ("pairs", "USD")])
  func wrong(key: String, value: String) {
    let (_, problems) = read(.map([(key, Written(stringLiteral: value))]))
    #expect(problems.count == 1)
    #expect(problems.first?.contains("home_assistant.\(key)") == true)
  }

  @Test("show the rate of a series as it is printed, with the facts about it")
  func sensor() throws {
    let (entities, omitted) = try settings("true").entities(
      of: Self.snapshot([Self.rate("KGS/USD")]), version: "1.2")
    #expect(omitted == 0)
    let sensor = try #require(entities.first)
    #expect(
      sensor.configTopic == "homeassistant/sensor/fxwatch/rate_timesca_KGS_USD/config")
    #expect(sensor.stateTopic == "fxwatch/sensor/rate_timesca_KGS_USD")
    let config = try JSONReader.read(sensor.config)
    #expect(config["unique_id"]?.text == "fxwatch_rate_timesca_KGS_USD")
    #expect(config["name"]?.text == "KGS/USD timesca")
    #expect(config["unit_of_measurement"]?.text == "USD")
    #expect(config["expire_after"] == .number("2700"))
    #expect(config["suggested_display_precision"] == .number("5"))
    #expect(config["device"]?["identifiers"]?.elements?.first?.text == "fxwatch")
    let state = try JSONReader.read(sensor.state)
    #expect(state["rate"]?.text == "0.01140")
    #expect(state["change"]?.text == "-0.35")
    #expect(state["value_date"] == .null)
  }

  @Test("are on for a rule while anything of it fires")
  func binarySensor() throws {
    var snapshot = Self.snapshot([])
    var rule = RatesSnapshot.FiringRule(name: "low.rate", severity: .critical)
    snapshot.rules = [rule]
    let settings = try settings("true")
    let before = try #require(settings.entities(of: snapshot, version: "1").entities.first)
    #expect(before.configTopic.hasPrefix("homeassistant/binary_sensor/fxwatch/rule_low_rate_"))
    #expect(try JSONReader.read(before.config)["device_class"]?.text == "problem")
    #expect(try JSONReader.read(before.state)["state"]?.text == "OFF")
    rule.firingCount = 1
    rule.firing = [Self.rate("KGS/USD").series]
    snapshot.rules = [rule]
    let after = try #require(settings.entities(of: snapshot, version: "1").entities.first)
    #expect(after.config == before.config)
    #expect(
      String(decoding: after.state, as: UTF8.self)
        == #"{"state":"ON","severity":"critical","firing_count":1,"firing":["timesca KGS/USD"]}"#)
  }

  @Test("keep names apart that differ only in characters that a topic cannot have")
  func names() throws {
    let sources = ["a.b", "a_b", "a+b", "a/#", "a\u{0}\n", "é"]
    let rates = sources.map { Self.rate("KGS/USD", at: $0) }
    let entities = try settings("true").entities(of: Self.snapshot(rates), version: "1").entities
    #expect(Set(entities.map(\.configTopic)).count == sources.count)
    #expect(Set(entities.map(\.stateTopic)).count == sources.count)
    for entity in entities {
      let levels = entity.configTopic.split(separator: "/", omittingEmptySubsequences: false)
      #expect(levels.count == 5)
      let isPlain = levels[3].allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
      }
      #expect(isPlain, "\(entity.configTopic)")
      #expect(try settings("true").stateTopic(ofConfig: entity.configTopic) == entity.stateTopic)
    }
    #expect(try settings("true").stateTopic(ofConfig: "homeassistant/sensor/other/a/config") == nil)
  }

  @Test("are at most a thousand for rates")
  func limit() throws {
    let rates = (0..<1200).map { Self.rate("KGS/USD", at: "source\($0)") }
    let (entities, omitted) = try settings("true").entities(of: Self.snapshot(rates), version: "1")
    #expect(entities.count == 1000)
    #expect(omitted == 200)
  }

  // MARK: Updates

  @Test("are sent when they change, and again before they expire while the source is read")
  func updates() throws {
    var sent = SentSensors()
    var rate = Self.rate("KGS/USD")
    func update(after time: Duration) throws -> [String] {
      let now = Self.now + time
      let entities = try settings("true").entities(of: Self.snapshot([rate]), version: "1")
      return sent.update(to: entities.entities, at: now).map(\.topic)
    }
    let (config, state) = (
      "homeassistant/sensor/fxwatch/rate_timesca_KGS_USD/config",
      "fxwatch/sensor/rate_timesca_KGS_USD"
    )
    #expect(try update(after: .zero) == [config, state])
    #expect(try update(after: .seconds(2000)) == [])
    rate.lastSuccess = Self.now + .seconds(600)
    #expect(try update(after: .seconds(601)) == [])
    rate.lastSuccess = Self.now + .seconds(700)
    #expect(try update(after: .seconds(701)) == [state])
    rate.change = nil
    #expect(try update(after: .seconds(702)) == [state])
    // A source that fails is not current.
    #expect(try update(after: .seconds(9000)) == [])
    let gone = sent.update(to: [], at: Self.now)
    #expect(gone.map(\.topic) == [config, state])
    #expect(gone.allSatisfy { $0.payload.isEmpty && $0.isRetained })
  }

  @Test("show nothing that is outdated already")
  func outdated() throws {
    var sent = SentSensors()
    var rate = Self.rate("KGS/USD")
    rate.lastSuccess = Self.now + .seconds(-2701)
    let settings = try settings("true")
    let entities = settings.entities(of: Self.snapshot([rate]), version: "1").entities
    #expect(sent.update(to: entities, at: Self.now).count == 1)
    rate.lastSuccess = Self.now
    rate.isListed = false
    let unlisted = settings.entities(of: Self.snapshot([rate]), version: "1").entities
    #expect(sent.update(to: unlisted, at: Self.now).isEmpty)
  }

  // MARK: Helpers

  private static func pair(_ text: String) -> CurrencyPair {
    let codes = text.split(separator: "/").compactMap { Currency(String($0)) }
    return CurrencyPair(base: codes[0], quote: codes[1])
  }

  private static func rate(
    _ pair: String, at source: String = "timesca"
  ) -> RatesSnapshot.CurrentRate {
    var rate = RatesSnapshot.CurrentRate(
      series: Series(source: SourceName(source), pair: Self.pair(pair), side: .mid),
      rate: "0.01140", tick: "0.00001", firstSeen: now)
    rate.lastSuccess = now
    rate.lifetime = .seconds(2700)
    rate.change = .init(
      percent: "-0.35", low: "-0.44", high: "-0.26", absolute: "-0.00004", previous: "0.01144")
    return rate
  }

  private static func snapshot(_ rates: [RatesSnapshot.CurrentRate]) -> RatesSnapshot {
    var snapshot = RatesSnapshot(at: now)
    snapshot.rates = rates
    return snapshot
  }

  private func settings(_ written: Written) throws -> HomeAssistant {
    let (settings, problems) = read(written)
    #expect(problems == [])
    return try #require(settings)
  }

  private func read(_ written: Written) -> (HomeAssistant?, [String]) {
    let (definition, problems) = Reading().read([
      ("type", "mqtt"), ("url", "mqtt://broker.example"), ("home_assistant", written),
    ])
    return (definition?.homeAssistant, problems)
  }
}
