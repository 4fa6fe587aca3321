/// One test, run.
package struct RuleTestRun: Sendable {
  package let test: RuleTest

  /// Where what was told is not what was expected, in order; empty where the test passes.
  package private(set) var differences: [Difference] = []

  /// How many events were told as expected.
  package private(set) var met = 0

  /// One thing that is other than expected.
  package struct Difference: Sendable {
    package let at: Timestamp

    /// The expectation that is not met, or the step in which nothing was expected.
    package let mark: SettingsMark
    package let kind: Kind

    /// How the rule came to what it said, where its series was ever printed.
    package let explanation: RuleExplanation?

    /// What differs.
    package enum Kind: Sendable {
      /// Nothing of the kind was told.
      case missing(Expectation)
      /// It was kept from being told, by a silence or by quiet hours.
      case withheld(Expectation, OutboxEvent)
      /// Nobody expected it.
      case unexpected(OutboxEvent)
      /// It was told, in other words.
      case other(Expectation, OutboxEvent)
      /// Nothing of a rule fires that somebody could know of.
      case nothingToAcknowledge(rule: String)
    }
  }

  private let zones: any Zones
  private var engine: Engine
  private var now: Timestamp
  private var pages: [SourceName: [SeriesKey: Observation]] = [:]
  /// The sources that answered when they were last asked.
  private var answering: Set<SourceName> = []
  /// What was told to somebody, and what to nobody, since it was last compared.
  private var told: [OutboxEvent] = []
  private var withheld: [OutboxEvent] = []

  private var silences: [Silence] = []
  private var acknowledgements: [Acknowledgement] = []

  /// Runs a test over sources and rules, those it names or all, told to these notifiers, each of
  /// which takes everything at once, but in quiet hours.
  package init(
    _ test: RuleTest, sources: [PlannedSource], rules: [Rule], notifiers: [String],
    quiet: [QuietHours], zones: any Zones
  ) {
    self.test = test
    self.zones = zones
    now = test.moments.first?.at ?? Timestamp(milliseconds: 0)
    let plan = Plan(
      sources: sources, rules: rules.filter { test.rules?.contains($0.name) ?? true },
      notifiers: notifiers.map { PlannedNotifier(name: $0, fingerprint: "") }, quiet: quiet)
    engine = Engine(
      plan: plan,
      stored: StoredState(
        installation: "test", latestEvent: 0, sources: [:], series: [], alerts: [:], outbox: []),
      zones: zones, now: now)
    for moment in test.moments { live(through: moment) }
  }

  /// Lets time pass up to a moment, and what happens in it happen.
  private mutating func live(through moment: RuleTest.Moment) {
    if !moment.isAfterDowntime { passTime(until: moment.at - .milliseconds(1)) }
    addUnexpected(in: moment)
    now = max(now, moment.at)
    for request in moment.requests { ask(request, in: moment) }
    if !moment.isAfterDowntime { seeAgain(but: moment.failing) }
    for answer in moment.answers { take(answer) }
    if moment.isAfterDowntime { step(.woke) }
    passTime(until: moment.at + RuleTest.momentLength)
    compare(with: moment)
  }

  /// Lets time pass: the clock rings when the engine asked for it, and sources say the same.
  private mutating func passTime(until end: Timestamp) {
    while let alarm = nextAlarm, alarm <= end {
      now = max(now, alarm)
      seeAgain()
      step(.woke)
    }
    now = max(now, end)
  }

  /// When the clock next moves an alert, or ends quiet hours in which something was held.
  private var nextAlarm: Timestamp? {
    [engine.alerts.alarms.next, engine.quietHours.nextDigest(at: now)].compactMap(\.self).min()
  }

  private mutating func seeAgain(but failing: Set<SourceName> = []) {
    for name in answering.subtracting(failing).sorted() { step(.fetched(name, .unchanged)) }
  }

  private mutating func take(_ answer: RuleTest.Answer) {
    switch answer.content {
    case .fails(let reason):
      answering.remove(answer.source)
      step(.fetched(answer.source, .failed(because: reason, retryAfter: nil)))
    case .publishes(let day, let lines):
      answering.insert(answer.source)
      for line in lines {
        let key = SeriesKey(pair: line.pair, side: line.side)
        pages[answer.source, default: [:]][key] = line.rate.map {
          Observation(
            pair: line.pair, side: line.side, rate: $0, publishedChange: line.publishedChange)
        }
      }
      let page = pages[answer.source, default: [:]].sorted { $0.key < $1.key }.map(\.value)
      step(
        .fetched(
          answer.source,
          .read(SourceReading(valueDate: day, observations: page), bodyHash: "", validators: nil)))
    }
  }

  /// Somebody silences alerts, or says that they know of them.
  private mutating func ask(_ request: RuleTest.Request, in moment: RuleTest.Moment) {
    switch request {
    case .silence(let matchers, let duration):
      silences.append(
        Silence(
          id: Int64(silences.count) + 1, matchers: matchers, author: "test", reason: "test",
          created: now, until: now + duration))
    case .endSilences: silences = []
    case .acknowledge(let rule, let pair, let duration):
      let alerts = engine.firingAlerts(of: rule, on: pair)
      if alerts.isEmpty {
        add(.nothingToAcknowledge(rule: rule), at: now, mark: moment.mark)
      }
      for alertID in alerts {
        acknowledgements.append(
          Acknowledgement(
            id: Int64(acknowledgements.count) + 1, alertID: alertID, author: "test",
            reason: "test", created: now, until: duration.map { now + $0 }))
      }
    }
    engine.setSuppressions(
      Suppressions(silences: silences, acknowledgements: acknowledgements), at: now)
  }

  /// Decides and absorbs, and has every notifier take what it is told.
  private mutating func step(_ event: Event) {
    var events = [event]
    while let event = events.popLast() {
      let decision = engine.decide(event, at: now)
      told += decision.changeset.events.filter { !$0.recipients.isEmpty }
      withheld += decision.changeset.events.filter(\.recipients.isEmpty)
      for lease in engine.absorb(decision, at: now).leases {
        let reports = lease.entries.map {
          DeliveryReport(sequence: $0.sequence, outcome: .delivered(detail: ""))
        }
        events.append(.delivered(notifier: lease.notifier, reports: reports, isLast: true))
      }
    }
  }

  // MARK: Comparing

  /// Pairs what was expected with what was told: first what agrees, then what is about the same.
  private mutating func compare(with moment: RuleTest.Moment) {
    var open = moment.expected
    open.removeAll { expectation in
      guard
        let index = told.firstIndex(where: {
          expectation.matches($0) && expectation.differences(from: $0).isEmpty
        })
      else { return false }
      told.remove(at: index)
      met += 1
      return true
    }
    for expectation in open {
      if let index = told.firstIndex(where: { expectation.matches($0) }) {
        add(.other(expectation, told.remove(at: index)), at: moment.at, mark: expectation.mark)
      } else if let event = withheld.first(where: { expectation.matches($0) }) {
        add(.withheld(expectation, event), at: moment.at, mark: expectation.mark)
      } else {
        add(.missing(expectation), at: moment.at, mark: expectation.mark)
      }
    }
    addUnexpected(in: moment)
  }

  /// Notes that nobody expected what was told and is left.
  private mutating func addUnexpected(in moment: RuleTest.Moment) {
    for event in told {
      add(.unexpected(event), at: event.notification.timestamp, mark: moment.mark)
    }
    told = []
    withheld = []
  }

  private mutating func add(_ kind: Difference.Kind, at instant: Timestamp, mark: SettingsMark) {
    var explanation: RuleExplanation?
    switch kind {
    case .missing(let expectation):
      explanation = self.explanation(of: expectation.subject) { series in
        (expectation.pair == nil || series.pair == expectation.pair)
          && (expectation.source == nil || series.source == expectation.source)
      }
    case .unexpected(let told), .other(_, let told), .withheld(_, let told):
      let event = told.notification
      explanation = self.explanation(of: event["rule"] ?? "") { series in
        event["pair"] == series.pair.description && event["source"] == series.source.text
          && event["side"] == series.side.rawValue
      }
    case .nothingToAcknowledge(let rule): explanation = self.explanation(of: rule) { _ in true }
    }
    differences.append(
      Difference(at: instant, mark: mark, kind: kind, explanation: explanation))
  }

  /// How a rule came to what it says of the first of its series that is meant.
  private func explanation(of name: String, on isMeant: (Series) -> Bool) -> RuleExplanation? {
    guard let rule = engine.plan.rules.first(where: { $0.name == name }),
      let series = engine.series(watchedBy: rule).first(where: isMeant)
    else { return nil }
    return engine.explanation(of: rule, on: series, at: now)
  }
}

extension Engine {
  /// The identifiers of a rule's alerts that fire, of one pair or of all.
  fileprivate func firingAlerts(of rule: String, on pair: CurrencyPair?) -> [String] {
    guard let place = ruleIndex.index(of: rule) else { return [] }
    return tables.firing.filter { $0.rule == place && (pair == nil || $0.series.pair == pair) }
      .compactMap { $0.progress.firing?.alertID }
  }
}
