import FXCore

/// The components of the engine that publications pass, without deliveries; commits always succeed.
struct ComponentRun {
  static let source = SourceName("bank")

  /// 2026-02-20T09:00:00Z, a Friday.
  static let start = Timestamp(seconds: 1_771_578_000)

  let ruleIndex: RuleIndex
  private(set) var sources: SourceTracker
  private(set) var tables: SeriesTables
  private(set) var intake: PublicationIntake
  var alerts: AlertTracker
  private(set) var corrections: AlertCorrections

  /// Components with one source, and nothing stored.
  init(
    rules: [Rule], dating: PlannedSource.Dating = .fixing, eventsPerPortion: Int = .max,
    maximumSeries: Int = PlannedSource.usualSeries
  ) {
    let planned = PlannedSource(
      name: Self.source, schedule: .interval(.seconds(3600)), dating: dating, host: "bank.example",
      maximumSeries: maximumSeries)
    ruleIndex = RuleIndex(rules)
    sources = SourceTracker(
      of: [planned], [:], installation: "00", zones: TestZones(), now: Self.start,
      continuing: nil, restarting: [])
    tables = SeriesTables(of: [planned], ruleIndex)
    intake = PublicationIntake(eventsPerPortion: eventsPerPortion)
    alerts = AlertTracker(ruleIndex, Suppressions(), notifies: true)
    corrections = AlertCorrections(rules, [:])
  }

  private var views: SeriesViews { SeriesViews(sources: sources, tables: tables) }

  private var handler: FetchHandler {
    FetchHandler(
      views: views, intake: intake, ruleIndex: ruleIndex, alerts: alerts, corrections: corrections)
  }

  /// A reading of lines such as `USD/KGS 87.45`.
  static func reading(_ lines: [String], of day: CalendarDay = start.day) -> SourceReading {
    SourceReading(valueDate: day, observations: lines.compactMap(observation))
  }

  private static func observation(_ line: String) -> Observation? {
    let words = line.split(separator: " ")
    guard words.count == 2, let pair = CurrencyPair(String(words[0])),
      let rate = ExactDecimal(String(words[1])).flatMap({ Rate(printed: $0) })
    else { return nil }
    return Observation(pair: pair, rate: rate)
  }

  /// Publishes lines, and returns what was decided; several decisions where it is taken in by
  /// portions.
  mutating func publish(
    _ lines: [String], of day: CalendarDay = start.day, at now: Timestamp = start
  ) -> [DecisionBuilder] {
    let reading = Self.reading(lines, of: day)
    var decisions = [handle(.read(reading, bodyHash: "", validators: nil), at: now)]
    while intake.inProgress[Self.source] != nil, decisions.count < 100 {
      decisions.append(
        decide(at: now, after: decisions) { run, source, decision in
          run.handler.continuePublication(of: source, in: decision)
        })
    }
    return decisions
  }

  /// Handles an outcome of a fetch.
  @discardableResult
  mutating func handle(_ outcome: FetchOutcome, at now: Timestamp = start) -> DecisionBuilder {
    decide(at: now, after: []) { run, source, decision in
      run.handler.handle(outcome, of: source, in: decision)
    }
  }

  /// Evaluates the alerts whose alarm is due.
  mutating func wake(at now: Timestamp) -> DecisionBuilder {
    decide(at: now, after: []) { run, _, decision in
      run.alerts.evaluator.evaluateDue(run.views, run.corrections, in: decision)
    }
  }

  private mutating func decide(
    at now: Timestamp, after earlier: [DecisionBuilder],
    _ body: (Self, TrackedSource, DecisionBuilder) -> Void
  ) -> DecisionBuilder {
    let events = earlier.reduce(0) { $0 + $1.changeset.events.count }
    let decision = DecisionBuilder(
      at: now, installation: "00", latestEvent: Int64(events), recipients: TestRecipients())
    if let source = sources.byName[Self.source] { body(self, source, decision) }
    absorb(decision.decision)
    return decision
  }

  private mutating func absorb(_ decision: Decision) {
    sources.absorb(decision)
    intake.absorb(decision)
    corrections.absorb(decision.changeset)
    tables.append(decision.changeset.observations)
    if let disappearance = decision.changeset.disappearance {
      tables.setUnlisted(decision.changeset.vanished, since: disappearance)
    }
    for (key, state) in decision.changeset.alerts { tables.setProgress(state?.progress, of: key) }
    alerts.absorb(decision)
  }
}
