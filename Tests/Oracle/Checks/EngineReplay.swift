import FXCore
import InMemoryStore

/// The engine and the store in memory, in the world of a scenario.
struct EngineReplay {
  private(set) var notices: [Notice] = []
  private let plan: Plan
  private var engine: Engine
  private var store = StoreModel()
  private var now: Timestamp
  private var wake: Timestamp?

  /// Runs a scenario; nil, with the reason, if a rule cannot be read.
  init(_ scenario: Scenario, reportUnread: (String) -> Void = { _ in }) {
    plan = Plan(
      sources: scenario.sources.map { source in
        PlannedSource(
          name: SourceName(source.name), schedule: .interval(.seconds(86_400 * 365)),
          dating: source.isFixing ? .fixing : .pageDay, host: "\(source.name).example",
          declaredScale: source.declaredScale)
      },
      rules: scenario.rules.compactMap { rule in
        do throws(ConditionProblem) { return try Self.rule(rule) } catch {
          reportUnread("\(rule.text): \(error.message)")
          return nil
        }
      }, notifiers: [PlannedNotifier(name: "n", fingerprint: "n")])
    now = Timestamp(milliseconds: (scenario.steps.first?.at ?? 0) - 60_000)
    engine = Engine(plan: plan, stored: store.stored, zones: UTC(), now: now)
    process(.started)
    for step in scenario.steps {
      passTime(until: Timestamp(milliseconds: step.at))
      take(step.action)
    }
    passTime(until: Timestamp(milliseconds: scenario.end))
  }

  private struct UTC: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
  }

  private static func rule(_ watched: WatchedRule) throws(ConditionProblem) -> Rule {
    var scope = ConditionScope()
    scope.maxAge = watched.maxAge.map { .milliseconds($0.milliseconds) }
    var rule = Rule(name: watched.name, condition: try Condition(watched.claim.text, in: scope))
    if let release = watched.release {
      rule.release = try Condition(release.text, in: scope)
    }
    rule.pairs = watched.pairs.compactMap { PairPattern($0) }
    rule.group = watched.group.map { $0.count.map { .atLeast($0) } ?? .all }
    rule.sources = [SourceName(watched.source)]
    rule.hold =
      watched.time.map { .time(.milliseconds($0.milliseconds)) }
      ?? .publications(watched.publications)
    rule.certainty = Certainty(rawValue: watched.certainty) ?? .certain
    rule.remind = watched.remind.map { .milliseconds($0.milliseconds) }
    rule.once = watched.isOnce
    rule.expires = watched.expires.map { CalendarDay(daysSinceEpoch: Int($0)) }
    if watched.isForcedEvent { rule.forcedKind = .event }
    return rule
  }

  private mutating func take(_ action: Scenario.Step.Action) {
    switch action {
    case .restart:
      engine = Engine(
        plan: plan, stored: store.load(reach: plan.reach, now: now), zones: UTC(),
        now: now)
      process(.started)
    case .publish(let source, let pages):
      for (index, page) in pages.enumerated() {
        let reading = SourceReading(
          valueDate: CalendarDay(daysSinceEpoch: Int(page.day)),
          observations: page.lines.compactMap(\.observation))
        process(
          .fetched(
            SourceName(source),
            index < pages.count - 1
              ? .readEarlier(reading, bodyHash: "")
              : .read(reading, bodyHash: "", validators: nil)))
      }
    }
  }

  private mutating func passTime(until end: Timestamp) {
    while let wake, wake <= end {
      now = max(now, wake)
      process(.woke)
    }
    now = end
  }

  private mutating func process(_ event: Event) {
    let decision = engine.decide(event, at: now)
    do throws(StoreProblem) { try store.apply(decision.changeset) } catch {
      notices.append(
        Notice(at: now.milliseconds, rule: "the store refuses", type: "\(error)", rate: ""))
    }
    for event in decision.changeset.events { add(event.notification) }
    let commands = engine.absorb(decision, at: now)
    wake = commands.wake
    for lease in commands.leases {
      process(
        .delivered(
          notifier: lease.notifier,
          reports: lease.entries.map {
            DeliveryReport(sequence: $0.sequence, outcome: .delivered(detail: ""))
          }, isLast: true))
    }
  }

  private mutating func add(_ notification: Notification) {
    guard notification.type.rawValue.hasPrefix("alert.") else {
      if notification.type == .sourceSuspect {
        notices.append(
          Notice(
            at: now.milliseconds, rule: "guard", type: notification["summary"] ?? "", rate: ""))
      }
      return
    }
    let data = notification.data
    func rate(_ text: String?) -> String? { text.flatMap { Ratio(decimal: $0) }?.description }
    var holds: Bool?
    if case .bool(let value)? = data["holds"] { holds = value }
    var isFlapping = false
    if case .bool(true)? = data["flapping"] { isFlapping = true }
    notices.append(
      Notice(
        at: now.milliseconds, rule: data["rule"]?.text ?? "", type: notification.type.rawValue,
        rate: rate(data["rate"]?.text) ?? "", previous: rate(data["previous"]?["rate"]?.text),
        isFlapping: isFlapping, reason: data["reason"]?.text, holds: holds))
  }
}

extension Scenario.Line {
  fileprivate var observation: Observation? {
    guard let pair = CurrencyPair(pair), let printed = ExactDecimal(printed) else { return nil }
    return Rate(printed: printed, nominal: nominal).map { Observation(pair: pair, rate: $0) }
  }
}
