package import FXCore

/// The settings of sensors in Home Assistant, which finds them by MQTT discovery
/// (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery).
package struct HomeAssistant: Hashable, Sendable {
  /// The most sensors for rates: more would be of no use there, and delay its start.
  package static let maximumRates = 1000

  /// The broker, with the will that makes the sensors unavailable.
  package let broker: MQTTBroker

  /// The prefix of discovery that Home Assistant is configured with.
  let prefix: String

  /// The first levels of the topics of states.
  let base: String

  /// The pairs that have sensors; empty for all.
  let pairs: [PairPattern]

  /// The default of `prefix` (`DEFAULT_PREFIX` of the integration).
  private static let defaultPrefix = "homeassistant"

  /// The default of `topic`.
  private static let defaultBase = "fxwatch"

  /// Sensors at a broker.
  init(broker: MQTTBroker, prefix: String = "homeassistant", base: String, pairs: [PairPattern]) {
    var broker = broker
    broker.clientID = broker.clientID.map { "\($0)-states" }
    self.prefix = prefix
    self.base = base
    self.pairs = pairs
    broker.will = MQTTMessage(
      topic: "\(base)/status", payload: Array("offline".utf8), quality: .atLeastOnce,
      isRetained: true)
    self.broker = broker
  }

  /// Reads `home_assistant`, which is `true` or a map; nil without it, or after reporting a problem.
  static func read(_ section: SettingsSection, _ broker: MQTTBroker?) -> HomeAssistant? {
    guard let node = section.node("home_assistant") else { return nil }
    guard case .map = node.value else {
      guard section.flag("home_assistant") == true, let broker else { return nil }
      return HomeAssistant(broker: broker, prefix: defaultPrefix, base: defaultBase, pairs: [])
    }
    guard let map = section.section("home_assistant") else { return nil }
    let prefix = topic("prefix", of: map, default: defaultPrefix)
    let base = topic("topic", of: map, default: defaultBase)
    let pairs = (map.strings("pairs") ?? []).compactMap { word -> PairPattern? in
      if let pattern = PairPattern(word.text) { return pattern }
      map.problem(
        "pairs", at: word.mark, "\(word.text.quoted) is not a pair; write it like KGS/USD or */USD")
      return nil
    }
    map.finish()
    guard let broker, let prefix, let base else { return nil }
    return HomeAssistant(broker: broker, prefix: prefix, base: base, pairs: pairs)
  }

  private static func topic(
    _ key: String, of map: SettingsSection, default text: String
  ) -> String? {
    guard map.node(key) != nil else { return text }
    return map.value(
      key, expected: "one or more words of letters, digits, '-', '_' with '/' between"
    ) { text in
      let isPlain = text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && MQTTTopic.level(String($0)) == $0 && !$0.contains(".")
      }
      return isPlain && text.utf8.count <= 100 ? text : nil
    }
  }
}
