import FXCore

/// A page that is polled through an engine at times of its own; the same lines are the same body.
struct PolledPage {
  static let name = SourceName("bank")

  /// 2026-02-20T09:00:00Z.
  private(set) var now = Timestamp(seconds: 1_771_578_000)

  private var engine: Engine

  /// The fetch that the engine asked for last.
  private(set) var fetch: Commands.Fetch?

  init(dating: PlannedSource.Dating, rules: [Rule] = []) {
    let source = PlannedSource(
      name: Self.name, schedule: .interval(.seconds(300)), dating: dating, host: "bank.example")
    engine = Engine(
      plan: Plan(
        sources: [source], rules: rules,
        notifiers: [PlannedNotifier(name: "console", fingerprint: "console")]),
      stored: StoredState(
        installation: "0011223344556677", latestEvent: 0, sources: [:], series: [], alerts: [:],
        outbox: []),
      zones: TestZones(), now: now)
  }

  /// Polls the page some time after the last poll.
  @discardableResult
  mutating func poll(
    _ lines: [String], dated: String? = nil, lastModified: String? = nil,
    after wait: Duration = .seconds(300)
  ) throws -> Decision {
    now = now + wait
    let reading = SourceReading(
      valueDate: dated.flatMap { CalendarDay(text: $0) },
      observations: try lines.map(GuardedSource.observation))
    let validators = lastModified.map {
      SourceState.Validators(url: "", etag: nil, lastModified: $0)
    }
    let text = (lines + [dated ?? ""]).joined(separator: ";")
    let hash = String(text.map { $0 == " " ? "_" : $0 })
    let decision = engine.decide(
      .fetched(Self.name, .read(reading, bodyHash: hash, validators: validators)), at: now)
    fetch = engine.absorb(decision, at: now).fetches.first
    return decision
  }

  /// Passes time until the next poll begins, and returns what is to be fetched.
  mutating func nextFetch() -> Commands.Fetch? {
    now = now + .seconds(600)
    return engine.absorb(engine.decide(.woke, at: now), at: now).fetches.first
  }
}
