package import FXCore

/// One entity of Home Assistant: how it is found, and its state.
package struct HomeAssistantEntity: Hashable, Sendable {
  /// The topic and the content of its discovery.
  package let configTopic: String
  package let config: [UInt8]

  /// The topic and the content of its state.
  package let stateTopic: String
  package let state: [UInt8]

  /// The time for which a state is valid, and whether it is; nil for a state that does not expire.
  package let lifetime: Lifetime?

  /// The time for which the rate of a series is current.
  package struct Lifetime: Hashable, Sendable {
    /// The latest time at which the rate was read, or would have been if it had changed.
    package let start: Timestamp?
    package let duration: Duration

    /// Returns true if the state was current a while ago, so that it may be published.
    package func isCurrent(at now: Timestamp) -> Bool {
      start.map { now - $0 < duration } ?? false
    }
  }
}

extension HomeAssistant {
  /// The topic of the availability of all entities.
  package var statusTopic: String { "\(base)/status" }

  /// The filters of the topics on which entities of this daemon are found.
  package var discoveryFilters: [String] {
    Component.allCases.map { "\(prefix)/\($0.rawValue)/\(node)/+/config" }
  }

  /// Returns the topic of the state that belongs to a topic of discovery; nil for a topic of others.
  package func stateTopic(ofConfig topic: String) -> String? {
    for component in Component.allCases {
      let start = "\(prefix)/\(component.rawValue)/\(node)/"
      guard topic.hasPrefix(start), topic.hasSuffix("/config") else { continue }
      return stateTopic(component, String(topic.dropFirst(start.count).dropLast("/config".count)))
    }
    return nil
  }

  /// The message that shows whether the daemon is there.
  package func status(isOnline: Bool) -> MQTTMessage {
    Self.retained(statusTopic, Array((isOnline ? "online" : "offline").utf8))
  }

  /// Returns a message that the broker keeps; an empty one removes what it kept.
  package static func retained(_ topic: String, _ payload: [UInt8]) -> MQTTMessage {
    var message = MQTTMessage(
      topic: topic, payload: payload, quality: .atLeastOnce, isRetained: true)
    if !payload.isEmpty { message.contentType = "application/json" }
    return message
  }

  /// Returns the entities: a sensor for each series, and a binary sensor for each rule with a state.
  ///
  /// `omitted` is the number of series beyond the limit.
  package func entities(
    of snapshot: RatesSnapshot, version: String
  ) -> (entities: [HomeAssistantEntity], omitted: Int) {
    let chosen = snapshot.rates.filter { includes($0.series.pair) }
    let rates = chosen.prefix(Self.maximumRates).map { sensor($0, version) }
    let rules = snapshot.rules.map { binarySensor($0, version) }
    return (rates + rules, max(0, chosen.count - Self.maximumRates))
  }

  /// Returns true if a pair has sensors.
  package func includes(_ pair: CurrencyPair) -> Bool {
    pairs.isEmpty || pairs.contains { $0.matches(pair) }
  }

  /// The kinds of entities.
  private enum Component: String, CaseIterable {
    case sensor
    case binarySensor = "binary_sensor"
  }

  /// The name of this daemon among those that use the broker.
  private var node: String { base.replacing("/", with: "_") }

  private func stateTopic(_ component: Component, _ name: String) -> String {
    "\(base)/\(component.rawValue)/\(name)"
  }

  private func sensor(
    _ rate: RatesSnapshot.CurrentRate, _ version: String
  ) -> HomeAssistantEntity {
    let series = rate.series
    let pair = series.pair
    var name = [series.source.text, pair.base.code, pair.quote.code].map(Self.word)
    if series.side != .mid { name.append(Self.word(series.side.rawValue)) }
    let side = series.side == .mid ? "" : " \(series.side.rawValue)"
    let seconds = max(1, rate.lifetime.components.seconds)
    let decimals = rate.tick.split(separator: ".").dropFirst().first?.count ?? 0
    return entity(
      .sensor, "rate_" + name.joined(separator: "_"), version,
      with: [
        .init("name", .string("\(pair) \(series.source.text)\(side)")),
        .init("value_template", .string("{{ value_json.rate }}")),
        .init("unit_of_measurement", .string(pair.quote.code)),
        .init("state_class", .string("measurement")),
        .init("suggested_display_precision", .integer(min(decimals, 18))),
        .init("icon", .string("mdi:cash")), .init("expire_after", .integer(Int(seconds))),
      ],
      state: (
        Self.state(of: rate),
        .init(start: rate.isListed ? rate.lastSuccess : nil, duration: rate.lifetime)
      ))
  }

  private func binarySensor(
    _ rule: RatesSnapshot.FiringRule, _ version: String
  ) -> HomeAssistantEntity {
    entity(
      .binarySensor, "rule_" + Self.word(rule.name), version,
      with: [
        .init("name", .string(SanitizedText.line(rule.name))),
        .init("value_template", .string("{{ value_json.state }}")),
        .init("device_class", .string("problem")),
      ],
      state: (
        .object([
          .init("state", .string(rule.firingCount > 0 ? "ON" : "OFF")),
          .init("severity", .string(rule.severity.rawValue)),
          .init("firing_count", .integer(rule.firingCount)),
          .init("firing", .array(rule.firing.map { .string($0.description) })),
        ]), nil
      ))
  }

  private static func state(of rate: RatesSnapshot.CurrentRate) -> JSONValue {
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return .object([
      .init("rate", .string(rate.rate)),
      .init("source", .string(rate.series.source.text)),
      .init("pair", .string(rate.series.pair.description)),
      .init("side", .string(rate.series.side.rawValue)),
      .init("change", text(rate.change?.percent)),
      .init("change_low", text(rate.change?.low)), .init("change_high", text(rate.change?.high)),
      .init("delta", text(rate.change?.absolute)), .init("previous", text(rate.change?.previous)),
      .init("value_date", text(rate.valueDate?.description)),
      .init("observed_at", .string(rate.firstSeen.description)),
      .init("printed", .string(rate.printed)), .init("nominal", .integer(Int(rate.nominal))),
      .init("tick", .string(rate.tick)),
    ])
  }

  private func entity(
    _ component: Component, _ name: String, _ version: String, with own: [JSONValue.Member],
    state: (content: JSONValue, lifetime: HomeAssistantEntity.Lifetime?)
  ) -> HomeAssistantEntity {
    let topic = stateTopic(component, name)
    let config =
      own + [
        .init("unique_id", .string("\(node)_\(name)")), .init("state_topic", .string(topic)),
        .init("json_attributes_topic", .string(topic)),
        .init("availability_topic", .string(statusTopic)), .init("qos", .integer(1)),
        .init(
          "device",
          .object([
            .init("identifiers", .array([.string(node)])), .init("name", .string(base)),
            .init("manufacturer", .string("fxwatch")),
            .init("model", .string("currency rate monitor")),
            .init("sw_version", .string(version)),
          ])),
        .init(
          "origin",
          .object([
            .init("name", .string("fxwatch")), .init("sw_version", .string(version)),
          ])),
      ]
    return HomeAssistantEntity(
      configTopic: "\(prefix)/\(component.rawValue)/\(node)/\(name)/config",
      config: Array(JSONValue.object(config).description.utf8), stateTopic: topic,
      state: Array(state.content.description.utf8), lifetime: state.lifetime)
  }

  /// Returns a text as a part of a name: letters, digits, `-` and `_`, to which discovery is limited.
  ///
  /// A text with others gets a digest, so that no two texts become one.
  private static func word(_ text: String) -> String {
    let plain = String(
      text.unicodeScalars.prefix(64).map { scalar -> Character in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": Character(scalar)
        default: "_"
        }
      })
    guard plain != text else { return plain }
    var hasher = ContentHasher()
    hasher.combine(text)
    return "\(plain)_\(hasher.finish().hexadecimal(digits: 8))"
  }
}
