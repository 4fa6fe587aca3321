import FXCore
import Testing

/// Alerts over a restart with an edited config.
@Suite("Alerts under a new config")
struct AlertRestartTests {
  private static let start = Timestamp(seconds: 1_771_578_000)
  private static let bank = SourceName("bank")

  private static func rule(
    _ condition: String = "rate > 1.5", _ change: (inout Rule) -> Void = { _ in }
  ) throws -> Rule {
    var rule = Rule(name: "high", condition: try Condition(condition))
    change(&rule)
    return rule
  }

  private static func plan(
    _ rules: [Rule], sources: [SourceName] = [bank], notifiers: [String] = ["console", "ops"]
  ) -> Plan {
    Plan(
      sources: sources.map {
        PlannedSource(
          name: $0, schedule: .interval(.seconds(3600)), dating: .pageDay, host: "bank.example")
      }, rules: rules, notifiers: notifiers.map { PlannedNotifier(name: $0, fingerprint: $0) })
  }

  /// The state that is stored after EUR/USD was published at 1.6 under the first plan.
  private struct Life {
    var series: [StoredSeries] = []
    var alerts: [AlertKey: AlertState] = [:]
    var sources: [SourceName: SourceState] = [:]
    var firings: [String: JSONText] = [:]
    var latestEvent: Int64 = 0

    init(_ plan: Plan) throws {
      var engine = engine(plan)
      let rate = try #require(ExactDecimal("1.6000").flatMap { Rate(printed: $0) })
      let pair = try #require(CurrencyPair("EUR/USD"))
      let decision = engine.decide(
        .fetched(
          bank,
          .read(
            SourceReading(
              valueDate: start.day, observations: [Observation(pair: pair, rate: rate)]),
            bodyHash: "", validators: nil)), at: start)
      _ = engine.absorb(decision, at: start)
      let changes = decision.changeset
      series = changes.observations.map {
        StoredSeries(
          series: $0.series, scale: $0.scale, publishedChange: nil, isListed: true,
          points: [$0.point])
      }
      alerts = changes.alerts.compactMapValues(\.self)
      sources = changes.sources
      for fired in changes.fired { firings[fired.id] = fired.data }
      latestEvent = changes.events.last?.sequence ?? 0
    }

    /// An engine that starts with a plan.
    func engine(_ plan: Plan, after time: Duration = .seconds(60)) -> Engine {
      var stored = StoredState(
        installation: "00", latestEvent: latestEvent, sources: sources, series: series,
        alerts: alerts, outbox: [])
      let ended = Set(stored.endedAlerts(under: plan))
      stored.firings = firings.filter { ended.contains($0.key) }
      return Engine(plan: plan, stored: stored, zones: TestZones(), now: start + time)
    }

    /// The changes that the start with a plan causes.
    func restarted(_ plan: Plan, after time: Duration = .seconds(60)) -> Changeset {
      engine(plan, after: time).decide(.started, at: start + time).changeset
    }

    private var bank: SourceName { AlertRestartTests.bank }
    private var start: Timestamp { AlertRestartTests.start }
  }

  /// The events of a changeset: type, reason and recipients.
  private static func events(_ changes: Changeset) -> [String] {
    changes.events.map {
      "\($0.notification.type.rawValue) \($0.notification["reason"] ?? "-") → "
        + $0.recipients.joined(separator: ", ")
    }
  }

  @Test("are resolved with the reason, for those who got the firing")
  func ends() throws {
    let life = try Life(Self.plan([try Self.rule()]))
    let id = try #require(life.alerts.values.first?.progress.firing?.alertID)
    let pounds = try #require(PairPattern("GBP/USD"))
    let others = try Self.rule { $0.pairs = [pounds] }
    for (plan, reason) in [
      (Self.plan([]), "rule_removed"),
      (Self.plan([try Self.rule { $0.name = "renamed" }]), "rule_removed"),
      (Self.plan([others]), "pair_removed"),
      (Self.plan([try Self.rule { $0.sources = [SourceName("ecb")] }]), "source_removed"),
      (Self.plan([try Self.rule()], sources: [SourceName("ecb")]), "source_removed"),
      (Self.plan([try Self.rule("rate > 1.7")]), "rule_changed"),
    ] {
      let changes = life.restarted(plan)
      let ends = Self.events(changes).filter { $0.hasPrefix("alert.resolved") }
      #expect(ends == ["alert.resolved \(reason) → console, ops"])
      #expect(changes.resolved.keys.sorted() == [id])
      let data = try #require(changes.events.first?.notification.data)
      #expect(data["alert_id"] == .string(id))
      #expect(data["rate"] == .string("1.6000"))
      #expect(data["fired_at"] == .string(Self.start.description))
    }
  }

  @Test("keep their identifier where a changed rule still holds")
  func kept() throws {
    let life = try Life(Self.plan([try Self.rule()]))
    let id = try #require(life.alerts.values.first?.progress.firing?.alertID)
    let rule = try Self.rule("rate > 1.55")
    let changes = life.restarted(Self.plan([rule]))
    #expect(Self.events(changes) == [])
    #expect(changes.resolved == [:])
    let state = changes.alerts.values.compactMap(\.self).first
    #expect(state?.progress.firing?.alertID == id)
    #expect(state?.ruleFingerprint == rule.fingerprint)
  }

  @Test("about several pairs go on, begin with a new rule, and end where each pair gets its own")
  func several() throws {
    let group = try Self.rule { $0.group = .atLeast(1) }
    let life = try Life(Self.plan([group]))
    #expect(life.alerts.keys.map(\.series) == [.group(of: Self.bank)])
    let id = try #require(life.alerts.values.first?.progress.firing?.alertID)
    #expect(Self.events(life.restarted(Self.plan([group]))) == [])

    let changed = life.restarted(
      Self.plan([try Self.rule("rate > 1.55") { $0.group = .atLeast(1) }]))
    #expect(Self.events(changed) == [])
    #expect(changed.alerts.values.compactMap(\.self).first?.progress.firing?.alertID == id)
    let ended = life.restarted(Self.plan([try Self.rule("rate > 1.7") { $0.group = .all }]))
    #expect(Self.events(ended) == ["alert.resolved rule_changed → console, ops"])

    let single = life.restarted(Self.plan([try Self.rule()]))
    #expect(
      Self.events(single) == [
        "alert.resolved rule_changed → console, ops", "alert.firing - → console, ops",
      ])
    #expect(single.resolved.keys.sorted() == [id])
    let begun = try Life(Self.plan([])).restarted(Self.plan([group]))
    #expect(Self.events(begun) == ["alert.firing - → console, ops"])
    #expect(begun.fired.map(\.key.series) == [.group(of: Self.bank)])
  }

  @Test("end for a notifier to which the rule no longer sends, and go on for others")
  func notifiers() throws {
    let life = try Life(Self.plan([try Self.rule()]))
    let changes = life.restarted(Self.plan([try Self.rule { $0.notify = ["ops"] }]))
    #expect(Self.events(changes) == ["alert.resolved notifier_changed → console"])
    #expect(changes.resolved == [:])
    #expect(changes.alerts.values.compactMap(\.self).first?.recipients == ["ops"])
  }

  @Test("end for such a notifier under another identifier each time it is taken out")
  func notifiersAgain() throws {
    let life = try Life(Self.plan([try Self.rule()]))
    let plan = Self.plan([try Self.rule { $0.notify = ["ops"] }])
    let ids = [60, 120].map {
      life.restarted(plan, after: .seconds($0)).events.map(\.notification.id)
    }
    #expect(ids.map(\.count) == [1, 1])
    #expect(ids[0] != ids[1])
  }

  @Test("are announced under another identifier after the first announcement was dropped")
  func announcedAgain() throws {
    let plan = Self.plan([try Self.rule()])
    var life = try Life(plan)
    // A silence had dropped the firing before it was sent.
    life.alerts = life.alerts.mapValues {
      var progress = $0.progress
      progress.lastNotified = nil
      return AlertState(
        progress, ruleFingerprint: $0.ruleFingerprint, recipients: $0.recipients)
    }
    let changes = [60, 120].map { seconds in
      let now = Self.start + .seconds(seconds)
      var engine = life.engine(plan, after: .seconds(seconds))
      engine.setSuppressions(Suppressions(), at: now)
      return engine.decide(.woke, at: now).changeset
    }
    #expect(
      changes.map(Self.events) == [
        ["alert.firing - → console, ops"], ["alert.firing - → console, ops"],
      ])
    #expect(changes[0].events.first?.notification.id != changes[1].events.first?.notification.id)
  }

  @Test("are resolved also where something else is decided before the start is")
  func startedLater() throws {
    let life = try Life(Self.plan([try Self.rule()]))
    var engine = life.engine(Self.plan([]))
    let now = Self.start + .seconds(60)
    let step = engine.decide(.clockStepped(by: .seconds(1)), at: now)
    #expect(Self.events(step.changeset) == [])
    _ = engine.absorb(step, at: now)
    let changes = engine.decide(.started, at: now).changeset
    #expect(Self.events(changes) == ["alert.resolved rule_removed → console, ops"])
    #expect(changes.resolved.count == 1)
  }

  @Test("fire at once for a state rule that is new, and not again for one that is known")
  func fresh() throws {
    let known = try Self.rule()
    let life = try Life(Self.plan([known]))
    let fresh = try Self.rule("rate > 1.2") { $0.name = "fresh" }
    let pending = try Self.rule("rate > 1.2") {
      $0.name = "pending"
      $0.hold = .publications(2)
    }
    let event = try Self.rule("crosses(1.2)") { $0.name = "event" }
    let changes = life.restarted(Self.plan([known, fresh, pending, event]))
    #expect(Self.events(changes) == ["alert.firing - → console, ops"])
    #expect(changes.fired.map(\.key.rule) == ["fresh"])
    #expect(
      changes.alerts.first { $0.key.rule == "pending" }?.value?.progress.phase
        == .pending(publications: 1, since: Self.start + .seconds(60)))
  }
}
