package import FXCore

/// The entities that a broker has.
package struct SentSensors: Sendable {
  private struct Sent {
    let entity: HomeAssistantEntity

    /// The latest state that was sent, and when; nil for none.
    var state: (content: [UInt8], at: Timestamp)?
  }

  private var all: [String: Sent] = [:]

  /// None.
  package init() {}

  /// Returns true if an entity is found on this topic.
  package func has(configTopic topic: String) -> Bool { all[topic] != nil }

  /// Replaces the entities, and returns the messages that bring the broker up to date: first new
  /// discoveries, then states that have changed or would expire, and the removal of what is gone.
  package mutating func update(
    to entities: [HomeAssistantEntity], at now: Timestamp
  ) -> [MQTTMessage] {
    var gone = all
    var configs: [MQTTMessage] = []
    var states: [MQTTMessage] = []
    for entity in entities {
      let before = gone.removeValue(forKey: entity.configTopic)
      if before?.entity.config != entity.config {
        configs.append(HomeAssistant.retained(entity.configTopic, entity.config))
      }
      var sent = Sent(entity: entity, state: before?.state)
      if Self.mustSend(entity, after: sent.state, at: now) {
        states.append(HomeAssistant.retained(entity.stateTopic, entity.state))
        sent.state = (entity.state, now)
      }
      all[entity.configTopic] = sent
    }
    for topic in gone.keys { all[topic] = nil }
    return configs + states + Self.removal(of: gone.values.map(\.entity))
  }

  /// Returns the messages that remove everything.
  package func removal(_ settings: HomeAssistant) -> [MQTTMessage] {
    Self.removal(of: all.values.map(\.entity)) + [HomeAssistant.retained(settings.statusTopic, [])]
  }

  private static func removal(of entities: [HomeAssistantEntity]) -> [MQTTMessage] {
    entities.sorted { $0.configTopic < $1.configTopic }.flatMap { entity in
      [
        HomeAssistant.retained(entity.configTopic, []),
        HomeAssistant.retained(entity.stateTopic, []),
      ]
    }
  }

  /// True if a state is current and the broker has another one, or one that would expire.
  private static func mustSend(
    _ entity: HomeAssistantEntity, after sent: (content: [UInt8], at: Timestamp)?, at now: Timestamp
  ) -> Bool {
    let isOther = sent.map { $0.content != entity.state } ?? true
    guard let lifetime = entity.lifetime else { return isOther }
    guard lifetime.isCurrent(at: now) else { return false }
    guard let sent, !isOther else { return true }
    // Receivers count from the last message, and the next read may fail.
    let isReadAgain = lifetime.start.map { $0 > sent.at } ?? false
    return isReadAgain && now - sent.at > lifetime.duration / 4
  }
}

extension HomeAssistant {
  /// True if other settings have their entities on the same topics of the same broker.
  package func isAtPlace(of other: HomeAssistant) -> Bool {
    broker.host == other.broker.host && broker.port == other.broker.port && prefix == other.prefix
      && base == other.base
  }
}

extension MQTTFailure {
  /// The failure as a sentence for the log.
  package var sentence: String {
    switch outcome {
    case .retry(let reason, _, _), .limited(let reason, _), .refused(let reason),
      .delivered(let reason):
      reason
    case .gone: "the broker is gone"
    }
  }
}
