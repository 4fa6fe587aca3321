import FXCore

/// An engine that polls one source of one pair, and what it sent; commits always succeed.
struct EngineRun {
  private(set) var engine: Engine
  private(set) var now = Self.start
  private(set) var sent: [OutboxEvent] = []
  private(set) var held: [HeldEvent] = []
  private(set) var fired: [AlertRecord] = []
  private(set) var resolved: [String: Timestamp] = [:]
  private var wake: Timestamp?

  static let source = SourceName("timesca")

  /// 2026-02-20T09:00:00Z, a Friday.
  static let start = Timestamp(seconds: 1_771_578_000)

  /// An engine that was just started, with nothing stored.
  init(
    rules: [Rule], quiet: [QuietHours] = [], notifiers: [String] = ["console", "ops"],
    schedule: SourceSchedule = .interval(.seconds(86_400 * 365)),
    dating: PlannedSource.Dating = .pageDay, events: [String: Set<EventChoice>] = [:],
    repeats: [String: Set<String>] = [:]
  ) {
    let plan = Plan(
      sources: [
        PlannedSource(
          name: Self.source, schedule: schedule, dating: dating, host: "timesca.example")
      ],
      rules: rules,
      notifiers: notifiers.map {
        PlannedNotifier(name: $0, fingerprint: $0, events: events[$0], repeats: repeats[$0] ?? [])
      },
      quiet: quiet)
    engine = Engine(
      plan: plan,
      stored: StoredState(
        installation: "0011223344556677", latestEvent: 0, sources: [:], series: [], alerts: [:],
        outbox: []),
      zones: TestZones(), now: Self.start)
    process(.started)
  }

  /// The types of the events decided so far, with the notifiers they go to at once.
  var types: [String] {
    sent.map { "\($0.notification.type.rawValue) → \($0.recipients.joined(separator: ", "))" }
  }

  /// Publishes a rate of TJS/USD for today or another day.
  mutating func publish(_ text: String, of day: CalendarDay? = nil) {
    guard let reading = reading(text, of: day ?? now.day) else { return }
    process(.fetched(Self.source, .read(reading, bodyHash: text, validators: nil)))
  }

  /// Publishes several days in one body, oldest first.
  mutating func publish(_ days: [(text: String, day: CalendarDay)]) {
    for (text, day) in days.dropLast() {
      guard let reading = reading(text, of: day) else { continue }
      process(.fetched(Self.source, .readEarlier(reading, bodyHash: "days")))
    }
    if let newest = days.last { publish(newest.text, of: newest.day) }
  }

  /// Polls the source, with an outcome other than a new publication.
  mutating func fetch(_ outcome: FetchOutcome) { process(.fetched(Self.source, outcome)) }

  private func reading(_ text: String, of day: CalendarDay) -> SourceReading? {
    guard let pair = CurrencyPair("TJS/USD"), let printed = ExactDecimal(text),
      let rate = Rate(printed: printed)
    else { return nil }
    return SourceReading(valueDate: day, observations: [Observation(pair: pair, rate: rate)])
  }

  /// Passes time; the engine wakes at the times that it requested.
  mutating func pass(_ duration: Duration) {
    let end = now + duration
    while let wake, wake <= end {
      now = max(now, wake)
      process(.woke)
    }
    now = end
  }

  /// Sets the silences and acknowledgements, and wakes the engine.
  mutating func setSuppressions(_ suppressions: Suppressions) {
    engine.setSuppressions(suppressions, at: now)
    process(.woke)
  }

  private mutating func process(_ event: Event) {
    let decision = engine.decide(event, at: now)
    sent += decision.changeset.events
    held += decision.changeset.held
    held.removeAll { decision.changeset.released.contains($0.key) }
    fired += decision.changeset.fired
    resolved.merge(decision.changeset.resolved) { $1 }
    let commands = engine.absorb(decision, at: now)
    wake = commands.wake
    for lease in commands.leases {
      process(
        .delivered(
          notifier: lease.notifier,
          reports: lease.entries.map {
            DeliveryReport(sequence: $0.sequence, outcome: .delivered(detail: "HTTP 204"))
          }, isLast: true))
    }
  }
}
