/// The engine: receives events, decides on them, and returns the commands that follow.
///
/// `decide` is pure and changes nothing; its changeset is committed by the store in one transaction;
/// only then `absorb` applies it to memory and returns commands. A decision whose commit failed is
/// dropped, and its event decided anew. Time is an argument, so that a year of operation is a loop.
///
/// The engine only routes: its properties are the components, and each owns its state.
///
/// Cost of a publication: linear in its lines and in the rules that watch them; independent of
/// everything else.
package struct Engine: Sendable {
  /// The sources, rules and notifiers.
  package let plan: Plan

  let ruleIndex: RuleIndex
  private let installation: String
  private var latestEvent: Int64
  private(set) var sources: SourceTracker
  private(set) var tables: SeriesTables
  private(set) var intake: PublicationIntake
  private(set) var alerts: AlertTracker
  private var corrections: AlertCorrections
  private(set) var quietHours: QuietHoursFilter
  private(set) var deliveries: DeliveryQueues

  /// The changes that follow from a new plan: the end of what is stored for rules, series and
  /// notifiers that it no longer has.
  ///
  /// The decision on `Event.started` commits them.
  private var startupChanges = Changeset()

  /// The rewind that the decision on `Event.started` reports.
  private var rewind: StoreRewind?

  /// An engine with the stored state.
  ///
  /// `earlier` is the engine that a reload replaces: its fetches and deliveries go on. Publications
  /// that lead to more than `eventsPerPortion` events are taken in by portions; the caller then
  /// follows `Commands.unfinished`. An engine that does not notify makes the same decisions, but
  /// writes the data of notifications only where it is read.
  package init(
    plan: Plan, stored: StoredState, zones: any Zones, now: Timestamp,
    continuing earlier: Engine? = nil, eventsPerPortion: Int = .max, notifies: Bool = true
  ) {
    self.plan = plan
    installation = stored.installation
    latestEvent = stored.latestEvent
    rewind = stored.rewind
    ruleIndex = RuleIndex(plan.rules)
    sources = SourceTracker(
      of: plan.sources, stored.sources, installation: installation, zones: zones, now: now,
      continuing: earlier?.sources,
      restarting: Set(earlier.map { $0.intake.inProgress.keys.map(\.self) } ?? []))
    tables = SeriesTables(of: plan.sources, ruleIndex)
    for series in stored.series { tables.restore(series) }
    for (name, state) in stored.sources {
      tables.setLatestPublished(state.latestFirstSeen, of: name)
    }
    intake = PublicationIntake(eventsPerPortion: eventsPerPortion)
    alerts = AlertTracker(
      ruleIndex, stored.suppressions, notifiers: plan.notifiers.map(\.name), notifies: notifies)
    corrections = AlertCorrections(plan.rules, stored.alertBases)
    quietHours = QuietHoursFilter(plan.quiet, zones: zones)
    deliveries = DeliveryQueues(
      of: plan.notifiers, disabled: stored.disabled, failing: stored.failing,
      changes: &startupChanges)
    alerts.restore(
      stored.alerts, stored.firings, into: &tables, now: now, changes: &startupChanges)
    deliveries.restore(
      stored.outbox, waiting: stored.waiting, now: now, changes: &startupChanges)
    startupChanges.released += quietHours.restore(stored.held, where: deliveries.isInUse)
    if let earlier { deliveries.continueLeases(of: earlier.deliveries, stored.stillOpen) }
    alerts.setClockAlarms(on: tables, now: now)
  }

  // MARK: Decisions

  /// Decides on an event.
  ///
  /// Pure; costs what the event affects.
  package func decide(_ event: Event, at now: Timestamp) -> Decision {
    let decision = DecisionBuilder(
      at: time(of: event, at: now), installation: installation, latestEvent: latestEvent,
      recipients: NotificationRecipients(deliveries: deliveries, quietHours: quietHours))
    switch event {
    case .started:
      decision.changeset = startupChanges
      decision.setContainsStartup()
      if let rewind {
        decision.notify(
          .storeRewound, rewind.data, orderingKey: "store", occurrence: .data)
      }
      alerts.evaluator.restart(alerts, views, corrections, in: decision)
    case .woke: wake(in: decision)
    case .fetched(let name, let outcome):
      decision.setEndedFetch(name)
      if let source = sources.byName[name] {
        fetchHandler.handle(outcome, of: source, in: decision)
      }
    case .continued(let name):
      if let source = sources.byName[name] {
        fetchHandler.continuePublication(of: source, in: decision)
      }
    case .delivered(let leases):
      for lease in leases { deliveries.recordResults(of: lease, in: decision) }
    case .loaded(let loaded): deliveries.recordLoaded(loaded, in: decision)
    case .pollRequested(let name): sources.recordRequest(of: name, in: decision)
    case .clockStepped(let step): setClock(by: step, in: decision)
    }
    return decision.decision
  }

  /// Returns the time of a decision: that of the first portion for the portions of a publication.
  private func time(of event: Event, at now: Timestamp) -> Timestamp {
    guard case .continued(let name) = event else { return now }
    return intake.inProgress[name]?.now ?? now
  }

  /// The number of open deliveries of each notifier that has any.
  package var waiting: [String: Int] { deliveries.waiting }

  /// The events in memory of each notifier with a lease under way.
  package var leased: [String: [Int64]] { deliveries.leased }

  /// The views that evaluations between publications read.
  var views: SeriesViews { SeriesViews(sources: sources, tables: tables) }

  private var fetchHandler: FetchHandler {
    FetchHandler(
      views: views, intake: intake, ruleIndex: ruleIndex, alerts: alerts,
      corrections: corrections)
  }

  /// Decides on everything that is due by the clock.
  private func wake(in decision: DecisionBuilder) {
    alerts.evaluator.evaluateDue(views, corrections, in: decision)
    deliveries.sendExpired(in: decision)
    sources.reportLate(in: decision)
    let digests = quietHours.dueDigests(at: decision.now)
    guard !digests.isEmpty else { return }
    let firing = Set(tables.firing.compactMap { $0.progress.firing?.alertID })
      .subtracting(decision.changeset.resolved.keys)
    for digest in digests {
      decision.changeset.released += digest.released
      decision.notify(
        .digest, QuietDigest.data(of: digest.events) { firing.contains($0) },
        orderingKey: "quiet hours", to: digest.notifiers, occurrence: .data)
    }
  }

  private func setClock(by step: Duration, in decision: DecisionBuilder) {
    decision.setClockStep(step)
    decision.changeset.clockStep = ClockStep(at: decision.now, by: step)
    decision.changeset.failing = deliveries.failing.mapValues { $0 + step }
    decision.log(.clockStepped(step))
  }

  // MARK: Commits

  /// Absorbs a committed decision, and returns the commands that follow.
  package mutating func absorb(_ decision: Decision, at now: Timestamp) -> Commands {
    let changeset = decision.changeset
    latestEvent = max(latestEvent, changeset.events.last?.sequence ?? 0)
    sources.absorb(decision)
    intake.absorb(decision)
    corrections.absorb(changeset)
    tables.append(changeset.observations)
    for (name, state) in changeset.sources {
      tables.setLatestPublished(state.latestFirstSeen, of: name)
    }
    if let disappearance = changeset.disappearance {
      tables.setUnlisted(changeset.vanished, since: disappearance)
    }
    tables.setProgress(of: changeset.alerts)
    alerts.absorb(decision)
    deliveries.absorb(decision, at: now)
    quietHours.absorb(held: changeset.held, released: changeset.released)
    if let step = decision.clockStep { shift(by: step) }
    if decision.containsStartup {
      startupChanges = Changeset()
      rewind = nil
    }
    return nextCommands(at: now)
  }

  /// Moves with the wall clock what is due after some time.
  private mutating func shift(by step: Duration) {
    sources.shift(by: step)
    intake.shift(by: step)
    deliveries.shift(by: step)
  }

  /// Sets the silences and acknowledgements, which are stored already; the alerts that they concern
  /// are evaluated by the next `Event.woke`.
  ///
  /// Cost: linear in the series and in the firing alerts.
  package mutating func setSuppressions(_ suppressions: Suppressions, at now: Timestamp) {
    alerts.setSuppressions(suppressions, on: tables, now: now)
  }

  /// Starts everything that is due now, and returns when to wake next.
  private mutating func nextCommands(at now: Timestamp) -> Commands {
    var commands = Commands()
    commands.fetches = sources.startDue(at: now).map { source in
      let readsAgain = tables.bySource[source.name]?.hasUndatedSuspect ?? false
      return Commands.Fetch(
        source: source.name,
        validators: readsAgain || sources.isOverdue(source, at: now)
          ? nil : source.state.validators,
        newestDay: source.state.latestValueDate, readsAgain: readsAgain)
    }
    commands.unfinished = sources.order.first { intake.inProgress[$0] != nil }
    (commands.leases, commands.loads) = deliveries.startDue(at: now)
    commands.wake = [
      sources.nextDue(after: now), deliveries.nextDue(after: now), alerts.alarms.next,
      quietHours.nextDigest(at: now),
    ].compactMap(\.self).min()
    return commands
  }

  /// Returns the number of publications of a source that are missing by its calendar; 0 for a source
  /// without one, and before its first publication.
  package func missedPublications(of name: SourceName, at now: Timestamp) -> Int {
    sources.missedPublications(of: name, at: now)
  }
}
