/// The brain: learns what happened, decides what it means, and says what to do next.
///
/// `decide` is pure and changes nothing; its changeset is committed by the store in one transaction;
/// only then `absorb` takes it into memory and answers with commands. A decision whose commit failed
/// is dropped and its event decided anew. Time comes in as an argument: a year is a `for` loop.
///
/// Cost of a publication: linear in its observations and in the rules that watch them; independent
/// of everything else.
package struct Engine: Sendable {
  /// What is watched, judged and told.
  package let plan: Plan

  let zones: any Zones
  let installation: String
  let reach: Lookback
  let keeping: SeriesHistory.HistoryIndexes

  /// How many events one page leads to before what was decided so far is to be committed.
  let eventsAtOnce: Int
  var latestEvent: Int64
  var sources: [SourceName: SourceMemory] = [:]
  var outboxes: [String: Outbox] = [:]
  var disabled: [String: DisabledNotifier]
  var failing: [String: Timestamp]

  /// What is remembered of the way to all sources.
  var network: SourceState

  /// The figures alerts rested on when they last fired.
  var rested: [AlertKey: AlertBasis]

  /// The rules that read a source without watching it, by their places in the plan.
  let readers: [SourceName: Set<Int>]

  /// Whether any rule reads other pairs of its series' source.
  let readsSiblings: Bool

  /// Whether any rule is asked about figures that only stand there still.
  let asksOfStanding: Bool

  /// What waits for the end of quiet hours, oldest event first.
  var held: [HeldEvent] = []

  /// What people asked not to be told.
  var suppressions: Suppressions

  /// When the clock alone next asks for a look at an alert.
  var alarms = Alarms()

  /// The plan's rules by what they watch.
  let index: PlanIndex

  /// Whether anybody is told; otherwise what alerts would tell is written only where it is read.
  let isHeard: Bool

  /// What was stored for rules, series or notifiers that the plan no longer has, to be closed by
  /// the first decision.
  var leftovers = Changeset()

  /// One source with everything it publishes.
  struct SourceMemory: Sendable {
    let planned: PlannedSource
    var state: SourceState
    var series = SeriesTable()

    /// The latest figure of each series that was not trusted.
    var suspects: [SeriesKey: SuspectPoint] = [:]
    var isFetching = false

    /// A page that is being taken in by portions.
    var page: PublicationInProgress?
  }

  /// A series within its source.
  struct SeriesKey: Hashable, Comparable, Sendable {
    let pair: CurrencyPair
    let side: Side

    init(pair: CurrencyPair, side: Side) {
      self.pair = pair
      self.side = side
    }

    init(_ series: Series) { self.init(pair: series.pair, side: series.side) }

    /// Pair and side as one number, in their order.
    private var number: Int { pair.number * Side.allCases.count + side.number }

    func hash(into hasher: inout Hasher) { hasher.combine(number) }

    static func == (left: SeriesKey, right: SeriesKey) -> Bool { left.number == right.number }

    static func < (left: SeriesKey, right: SeriesKey) -> Bool { left.number < right.number }
  }

  /// An engine over what is stored.
  ///
  /// `earlier` is the engine a reload replaces: what it has under way stays under way. Pages that
  /// lead to more events than `eventsAtOnce` are taken in by portions; whoever runs the engine then
  /// follows `Commands.unfinished`. One that is not heard decides the same, and tells nobody.
  package init(
    plan: Plan, stored: StoredState, zones: any Zones, now: Timestamp,
    continuing earlier: Engine? = nil, eventsAtOnce: Int = .max, isHeard: Bool = true
  ) {
    self.plan = plan
    self.isHeard = isHeard
    self.zones = zones
    installation = stored.installation
    reach = plan.reach
    keeping = plan.keeping
    self.eventsAtOnce = eventsAtOnce
    index = PlanIndex(plan.rules)
    readsSiblings = plan.rules.contains { $0.readsSiblings }
    asksOfStanding = plan.rules.contains { $0.isEvaluatedWhenUnchanged }
    var readers: [SourceName: Set<Int>] = [:]
    for (index, rule) in plan.rules.enumerated() {
      for source in rule.readSources { readers[source, default: []].insert(index) }
    }
    self.readers = readers
    latestEvent = stored.latestEvent
    disabled = stored.disabled
    failing = stored.failing
    rested = stored.rested
    network = stored.sources[.network] ?? SourceState()
    suppressions = stored.suppressions
    for planned in plan.sources {
      var memory = SourceMemory(
        planned: planned, state: stored.sources[planned.name] ?? SourceState())
      if let earlier = earlier?.sources[planned.name], earlier.page == nil {
        memory.isFetching = earlier.isFetching
      }
      memory.state.due =
        memory.state.unfinished == nil
        ? Timetable.firstDue(
          planned.schedule, memory.state, seed: seed(planned.name), now: now, zones: zones) : now
      sources[planned.name] = memory
    }
    for stored in stored.series {
      let key = SeriesKey(stored.series)
      if let suspect = stored.suspect { sources[stored.series.source]?.suspects[key] = suspect }
      guard !stored.points.isEmpty else { continue }
      guard let planned = sources[stored.series.source]?.planned else { continue }
      sources[stored.series.source]?.series.add(
        SeriesMemory(
          series: stored.series, points: stored.points,
          scale: max(stored.scale, planned.scale(of: key.pair)),
          publishedChange: stored.publishedChange, isListed: stored.isListed, keeping: keeping,
          rules: plan.rules, watching: index.rules(watching: stored.series)))
    }
    for notifier in plan.notifiers {
      outboxes[notifier.name] = Outbox(of: notifier)
      if let known = disabled[notifier.name], known.fingerprint != notifier.fingerprint {
        disabled[notifier.name] = nil
        leftovers.disabled[notifier.name] = .some(nil)
        if failing.removeValue(forKey: notifier.name) != nil {
          leftovers.failing[notifier.name] = .some(nil)
        }
      }
    }
    for name in failing.keys where outboxes[name] == nil {
      failing[name] = nil
      leftovers.failing[name] = .some(nil)
    }
    takeOver(stored.alerts, now: now)
    takeOver(stored.outbox, now: now)
    takeOver(stored.held)
    if let earlier {
      for (name, outbox) in earlier.outboxes { outboxes[name]?.carryOver(from: outbox) }
    }
    armClockRules(now: now)
  }

  /// The identifier of an event or alert: unique over installations and for ever.
  func identifier(_ prefix: String, _ sequence: Int64) -> String {
    "\(prefix)_\(installation)_\(sequence)"
  }

  /// What makes a source's spread its own.
  func seed(_ source: SourceName) -> String { "\(installation) \(source)" }

  /// Decides what an event means.
  ///
  /// Pure; costs what the event touches.
  package func decide(_ event: Event, at now: Timestamp) -> Decision {
    switch event {
    case .started:
      var decision = Decision()
      decision.changeset = leftovers
      return decision
    case .woke:
      var decision = judgeByClock(at: now)
      digestLate(at: now, into: &decision)
      tellHeld(at: now, into: &decision)
      return decision
    case .fetched(let source, let outcome): return learned(outcome, from: source, at: now)
    case .continued(let source): return continued(source)
    case .delivered(let leases):
      var decision = Decision()
      for lease in leases { settle(lease, at: now, into: &decision) }
      return decision
    case .clockStepped(let step):
      var decision = Decision()
      decision.step = step
      decision.changeset.failing = failing.mapValues { $0 + step }
      decision.remarks = [.clockStepped(step)]
      return decision
    }
  }

  /// Takes a committed decision into memory, and says what to do next.
  package mutating func absorb(_ decision: Decision, at now: Timestamp) -> Commands {
    let changeset = decision.changeset
    if let source = decision.endedFetch { sources[source]?.isFetching = false }
    for (name, state) in changeset.sources { sources[name]?.state = state }
    for (name, page) in decision.pages { sources[name]?.page = page }
    network = changeset.sources[.network] ?? network
    rested.merge(changeset.rested) { $1 }
    remember(changeset.observations)
    for series in changeset.vanished {
      change(series) { $0.isListed = false }
    }
    for (key, state) in changeset.alerts { remember(state?.standing, of: key) }
    for alarm in decision.alarms { alarms[alarm.key] = alarm.at }
    for (name, reason) in changeset.disabled { disabled[name] = reason }
    for (name, since) in changeset.failing { failing[name] = since }
    absorbDeliveries(decision, at: now)
    absorbHeld(changeset)
    if let step = decision.step { shift(by: step) }
    leftovers = Changeset()
    return nextCommands(at: now)
  }

  /// Everything that is due now, marked as under way, and when to wake next.
  private mutating func nextCommands(at now: Timestamp) -> Commands {
    var commands = Commands()
    commands.fetches = dueFetches(at: now)
    commands.unfinished = plan.sources.first { sources[$0.name]?.page != nil }?.name
    for notifier in plan.notifiers {
      if let lease = outboxes[notifier.name]?.lease(at: now, to: notifier.name) {
        commands.leases.append(lease)
      }
    }
    let alarms = [self.alarms.next, nextDigest(at: now)].compactMap(\.self)
    let waiting = sources.values.compactMap { $0.isFetching ? nil : $0.state.due }
    // A source that is due but finds no free transfer waits for the end of one, not for the clock.
    commands.wake =
      (waiting.filter { $0 > now } + outboxes.values.compactMap(\.nextDue) + alarms).min()
    return commands
  }

  /// Takes over the figures of one publication.
  private mutating func remember(_ records: [ObservationRecord]) {
    // Taken out for the while, so that nothing is copied.
    guard let name = records.first?.series.source, var source = sources.removeValue(forKey: name)
    else { return }
    var expected = 0
    for index in records.indices {
      source.series.all.bringNearToAdd(after: index)
      let key = SeriesKey(pair: records[index].series.pair, side: records[index].series.side)
      let place = source.series.place(of: key, expected: expected)
      expected = (place ?? source.series.all.count) + 1
      if records[index].suspicion == nil, let place {
        source.series.change(place) {
          $0.take(
            records[index].point, scale: records[index].scale,
            publishedChange: records[index].publishedChange, reach: reach, rules: plan.rules)
        }
      } else {
        remember(records[index], at: place, of: &source)
      }
    }
    sources[name] = source
  }

  /// Takes over a figure that is suspect, or the first of its series.
  private func remember(_ record: ObservationRecord, at place: Int?, of source: inout SourceMemory)
  {
    if let suspicion = record.suspicion {
      source.suspects[SeriesKey(record.series)] = SuspectPoint(
        point: record.point, publishedChange: record.publishedChange, suspicion: suspicion)
      if let place { source.series.change(place) { $0.isListed = true } }
    } else {
      source.series.add(
        SeriesMemory(
          series: record.series, points: [record.point], scale: record.scale,
          publishedChange: record.publishedChange, isListed: true, keeping: keeping,
          rules: plan.rules, watching: index.rules(watching: record.series)))
    }
  }

  private mutating func remember(_ alert: AlertProgress?, of key: AlertKey) {
    guard let rule = index.place(of: key.rule) else { return }
    let rules = plan.rules
    change(key.series) { $0.setAlert(alert, of: rule, in: rules) }
  }

  /// Changes what is remembered of a series; nothing where it was never seen.
  private mutating func change(_ series: Series, _ change: (inout SeriesMemory) -> Void) {
    guard let place = sources[series.source]?.series.place(of: SeriesKey(series)) else { return }
    sources[series.source]?.series.change(place, change)
  }

  /// The wall clock was set: what was due in so long is still due in so long.
  private mutating func shift(by step: Duration) {
    for name in Array(sources.keys) {
      if let due = sources[name]?.state.due { sources[name]?.state.due = due + step }
      if let due = sources[name]?.page?.state.due { sources[name]?.page?.state.due = due + step }
    }
    for name in outboxes.keys { outboxes[name]?.shift(by: step) }
  }

  /// Stored alerts go on where their rule is unchanged; the others end silently.
  private mutating func takeOver(_ alerts: [AlertKey: AlertState], now: Timestamp) {
    for (key, state) in alerts {
      let rule = index.place(of: key.rule)
      let memory = sources[key.series.source]?.series[SeriesKey(key.series)]
      if let rule, let memory, memory.watches.contains(rule),
        plan.rules[rule].fingerprint == state.ruleFingerprint
      {
        remember(state.standing, of: key)
        alarms[key] = now
      } else {
        leftovers.alerts[key] = .some(nil)
        if let firing = state.standing.firing { leftovers.resolved[firing.alertID] = now }
      }
    }
  }

  /// Stored deliveries go on; those of notifiers that are gone or disabled become dead letters.
  private mutating func takeOver(_ entries: [OutboxEntry], now: Timestamp) {
    for entry in entries.sorted(by: { $0.sequence < $1.sequence }) {
      if outboxes[entry.notifier] != nil, disabled[entry.notifier] == nil {
        outboxes[entry.notifier]?.append(entry)
      } else {
        leftovers.settlements.append(
          Settlement(
            sequence: entry.sequence, notifier: entry.notifier, attempts: entry.attempts, at: now,
            result: .dead,
            detail: disabled[entry.notifier]?.reason ?? "the config no longer has this notifier"))
      }
    }
  }
}
