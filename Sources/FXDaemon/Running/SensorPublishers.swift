import FXCore
import FXNotifiers
import Logging
import Synchronization

/// The publishers of sensors in Home Assistant, one for each notifier that has them.
final class SensorPublishers: Sendable {
  private let log: Logger
  private let rates: @Sendable () async -> RatesSnapshot?
  private let publishers = Mutex<[String: SensorPublisher]>([:])

  /// No publishers; `rates` asks the engine.
  init(log: Logger, rates: @escaping @Sendable () async -> RatesSnapshot?) {
    self.log = log
    self.rates = rates
  }

  /// Applies the notifiers of a config.
  func use(_ notifiers: [NotifierDefinition]) async {
    let wanted = Dictionary(
      notifiers.compactMap { notifier in notifier.homeAssistant.map { (notifier.name, $0) } },
      uniquingKeysWith: { $1 })
    let ended = publishers.withLock { publishers in
      let ended = publishers.filter { $0.value.settings != wanted[$0.key] }
      for name in ended.keys { publishers[name] = nil }
      return ended
    }
    for publisher in ended.values {
      let isMoved = !wanted.values.contains { $0.isAtPlace(of: publisher.settings) }
      await publisher.stop(removing: isMoved)
    }
    publishers.withLock { publishers in
      for (name, settings) in wanted where publishers[name] == nil {
        publishers[name] = SensorPublisher(settings, name: name, log: log, rates: rates)
      }
    }
    changed()
  }

  /// Publishes what has changed, soon.
  func changed() {
    for publisher in all { publisher.changed() }
  }

  /// Ends the connections while another replica is active.
  func pause() async {
    for publisher in all { await publisher.pause() }
  }

  /// Makes all sensors unavailable, and ends permanently.
  func stop() async {
    for publisher in all { await publisher.stop(removing: false) }
    publishers.withLock { $0 = [:] }
  }

  private var all: [SensorPublisher] { publishers.withLock { Array($0.values) } }
}
