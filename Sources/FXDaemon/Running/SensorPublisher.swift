import FXCore
import FXMQTT
import FXNotifiers
import FXSystem
import Logging

/// Publishes the rates and the rules as sensors of Home Assistant.
///
/// Isolated to a lane of its own. States come from the engine, not from the outbox: changes of a second are
/// published together, and a state that is lost is replaced by the next one. Everything is published
/// again on each new connection, because the broker may have lost it.
actor SensorPublisher {
  /// The time in which changes are collected.
  private static let pace: Duration = .seconds(1)

  /// The pauses after failures, the last one repeatedly.
  private static let pauses: [Duration] = [.seconds(2), .seconds(10), .seconds(60)]

  /// The messages that wait for the broker's confirmation at once.
  private static let atOnce = 16

  /// The most messages that wait as answers to what arrives; more are left out until the next
  /// connection.
  private static let mostAnswers = 10_000

  /// The time that the broker has for a message, and for all at the end.
  private static let patience: Duration = .seconds(5)
  private static let lastPatience: Duration = .seconds(2)

  nonisolated let settings: HomeAssistant
  private nonisolated let lane = Lane(label: "sensors")
  private let name: String
  private let log: Logger
  private let rates: @Sendable () async -> RatesSnapshot?
  private var state = State()

  private lazy var connection = MQTTConnection(
    to: settings.broker, within: Self.limits,
    onArrival: { [weak self] arrival in self?.handle(arrival) },
    onLoss: { [weak self] in self?.changed() })

  private lazy var timer = LaneTimer(on: lane) { [weak self] in
    self?.assumeIsolated { sender in _ = Task { await sender.publish() } }
  }

  /// The state of the publisher.
  private struct State {
    /// The entities that the broker has; nil without a connection.
    var sent: SentSensors?
    var isDirty = false
    var isBusy = false
    var isEnded = false

    /// The number of times that the connection was ended: requests of an earlier one are cancelled.
    var endings = 0

    /// The number of failures in a row; the first is logged.
    var failures = 0

    /// The answers to what has arrived that are not sent yet.
    var answers: [MQTTMessage] = []
    var isAnswering = false

    /// True once the limit of sensors has been logged.
    var hasLoggedLimit = false
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// A publisher that begins with the first change; `rates` asks the engine, which a standby does not
  /// have.
  init(
    _ settings: HomeAssistant, name: String, log: Logger,
    rates: @escaping @Sendable () async -> RatesSnapshot?
  ) {
    self.settings = settings
    self.name = name
    self.log = log
    self.rates = rates
  }

  private static var limits: MQTTConnection.Limits {
    var limits = MQTTConnection.Limits()
    limits.total = patience
    return limits
  }

  // MARK: Requests

  /// Publishes what has changed, soon.
  nonisolated func changed() {
    lane.enter { [weak self] in self?.assumeIsolated { $0.arm(after: Self.pace) } }
  }

  private func arm(after pause: Duration) {
    guard !state.isEnded, !state.isDirty else { return }
    state.isDirty = true
    if !state.isBusy { timer.arm(after: pause, leeway: pause / 10) }
  }

  /// Ends the connection until the next change; a replica that is active then publishes its own status.
  func pause() async { await leave(with: [settings.status(isOnline: false)]) }

  /// Ends permanently, with the sensors unavailable or removed.
  func stop(removing: Bool) async {
    state.isEnded = true
    timer.cancel()
    let removal = removing ? state.sent?.removal(settings) : nil
    await leave(with: removal ?? [settings.status(isOnline: false)])
  }

  /// Sends the last messages over an open connection, and ends it; a broker that does not answer has two
  /// seconds.
  private func leave(with messages: [MQTTMessage]) async {
    state.sent = nil
    state.endings += 1
    let endings = state.endings
    if await connection.isOpen {
      let work = Task { _ = try? await self.send(messages, endings) }
      let limit = LaneTimer(on: lane) { work.cancel() }
      limit.arm(after: Self.lastPatience, leeway: .zero)
      await work.value
      limit.cancel()
    }
    await connection.close()
  }

  // MARK: Publishing

  private func publish() async {
    guard !state.isBusy, !state.isEnded else { return }
    state.isBusy = true
    state.isDirty = false
    var pause = Self.pace
    let endings = state.endings
    if let snapshot = await rates() {
      do throws(MQTTFailure) {
        try await publish(snapshot, endings)
        if state.failures > 0 { log.notice("the sensors of '\(name)' are published again") }
        state.failures = 0
      } catch {
        if endings == state.endings { pause = fail(error) }
      }
    }
    state.isBusy = false
    if state.isDirty, !state.isEnded { timer.arm(after: pause, leeway: pause / 10) }
  }

  private func fail(_ failure: MQTTFailure) -> Duration {
    let pause = Self.pauses[min(state.failures, Self.pauses.count - 1)]
    if state.failures == 0 {
      log.warning("the sensors of '\(name)' cannot be published: \(failure.sentence)")
    }
    state.failures += 1
    state.sent = nil
    state.isDirty = true
    return pause
  }

  /// Brings the broker up to date; on a new connection with everything.
  private func publish(_ snapshot: RatesSnapshot, _ endings: Int) async throws(MQTTFailure) {
    let (entities, omitted) = settings.entities(of: snapshot, version: Version.text)
    if omitted > 0, !state.hasLoggedLimit {
      state.hasLoggedLimit = true
      let limit = HomeAssistant.maximumRates
      log.warning(
        "'\(name)' has sensors for \(limit) series, and not for \(omitted) more; choose with 'pairs'"
      )
    }
    if state.sent != nil, !(await connection.isOpen) { state.sent = nil }
    let isNew = state.sent == nil
    var sent = state.sent ?? SentSensors()
    if isNew { try await send([settings.status(isOnline: true)], endings) }
    try await send(sent.update(to: entities, at: snapshot.at), endings)
    guard endings == state.endings else { throw .cancelled }
    // `answer` compares what the subscriptions bring with what has been sent.
    state.sent = sent
    for filter in isNew ? [settings.statusTopic] + settings.discoveryFilters : [] {
      guard endings == state.endings else { throw .cancelled }
      try await connection.subscribe(to: filter)
    }
  }

  /// Sends messages, some at once; throws `cancelled` once the connection was ended again.
  private func send(_ messages: [MQTTMessage], _ endings: Int) async throws(MQTTFailure) {
    var rest = messages[...]
    while !rest.isEmpty {
      guard endings == state.endings else { throw .cancelled }
      let connection = connection
      let failures = await withTaskGroup(of: MQTTFailure?.self) { group in
        for message in rest.prefix(Self.atOnce) {
          group.addTask {
            do throws(MQTTFailure) { _ = try await connection.publish(message) } catch {
              return error
            }
            return nil
          }
        }
        return await group.reduce(into: [MQTTFailure]()) { failures, failure in
          if let failure { failures.append(failure) }
        }
      }
      if let failure = failures.first { throw failure }
      rest = rest.dropFirst(Self.atOnce)
    }
  }

  // MARK: Arrivals

  /// Removes sensors of an earlier config, and replaces the status `offline` of a replica that was active
  /// before.
  private nonisolated func handle(_ arrival: MQTTArrival) {
    lane.enter { [weak self] in self?.assumeIsolated { $0.answer(arrival) } }
  }

  private func answer(_ arrival: MQTTArrival) {
    guard let sent = state.sent, !state.isEnded, !arrival.payload.isEmpty else { return }
    var messages: [MQTTMessage] = []
    if arrival.topic == settings.statusTopic {
      if arrival.payload == Array("offline".utf8) { messages = [settings.status(isOnline: true)] }
    } else if arrival.isRetained, !sent.has(configTopic: arrival.topic),
      let topic = settings.stateTopic(ofConfig: arrival.topic)
    {
      messages = [HomeAssistant.retained(arrival.topic, []), HomeAssistant.retained(topic, [])]
    }
    guard !messages.isEmpty, state.answers.count < Self.mostAnswers else { return }
    state.answers += messages
    if !state.isAnswering { _ = Task { await self.sendAnswers() } }
  }

  private func sendAnswers() async {
    guard !state.isAnswering else { return }
    state.isAnswering = true
    while !state.answers.isEmpty {
      let answers = state.answers
      state.answers = []
      _ = try? await send(answers, state.endings)
    }
    state.isAnswering = false
  }
}
