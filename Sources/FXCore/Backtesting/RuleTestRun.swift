/// One run of a test.
///
/// It is stopped, which is a difference, where it would take too long or too much memory. Its properties
/// are the result, the simulated world (engine, clock, pages, requests), the events that are not
/// compared yet, and what is left of the limits.
package struct RuleTestRun: Sendable {
  package let test: RuleTest

  /// The differences from the expectations, in order; empty if the test passes.
  package private(set) var differences: [Difference] = []

  /// The number of events sent as expected.
  package private(set) var met = 0

  /// One difference from the expectations.
  package struct Difference: Sendable {
    package let at: Timestamp

    /// The place of the expectation, or of the step without one.
    package let mark: SettingsMark
    package let kind: Kind

    /// The evaluation of the rule; nil if its series has no rate.
    package let explanation: RuleExplanation?

    /// The kind of difference.
    package enum Kind: Sendable {
      /// No matching event was sent.
      case missing(Expectation)
      /// The event was muted by a silence or held in quiet hours.
      case muted(Expectation, OutboxEvent)
      /// The event was not expected.
      case unexpected(OutboxEvent)
      /// The event has different content or recipients.
      case different(Expectation, OutboxEvent)
      /// The acknowledged rule has no firing alert.
      case nothingToAcknowledge(rule: String)
      /// The rest of the test was not run, for this reason.
      case stopped(because: String)
    }
  }

  private let zones: any Zones
  private var engine: Engine
  private var now: Timestamp
  private var pages: [SourceName: [SeriesKey: Observation]] = [:]
  /// The sources whose last poll succeeded.
  private var answering: Set<SourceName> = []
  /// The events with recipients that are not compared yet.
  private var sent: [OutboxEvent] = []
  /// The events without recipients that are not compared yet.
  private var muted: [OutboxEvent] = []

  /// The most steps of a run: rates that sources print, answers that are repeated, and alarms.
  private static let maximumSteps = 5_000_000

  /// The most events that a run sends or mutes.
  private static let maximumEvents = 20_000

  /// The most differences of a run; each is explained.
  private static let maximumDifferences = 1000

  private var stepsLeft = maximumSteps
  private var eventsLeft = maximumEvents

  /// The first limit that is exceeded, as the reason for stopping; nil while there is none.
  private var excess: String? {
    if stepsLeft < 0 {
      "it takes more than \(Self.maximumSteps) steps; use fewer moments, or a shorter time"
    } else if eventsLeft < 0 {
      "its rules send more than \(Self.maximumEvents) events; use a shorter time, or fewer reminders"
    } else if differences.count >= Self.maximumDifferences {
      "it has \(Self.maximumDifferences) differences already"
    } else {
      nil
    }
  }

  private var silences: [Silence] = []
  private var acknowledgements: [Acknowledgement] = []

  /// Runs a test with sources, the rules it names or all, and notifiers that succeed at once.
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
    engine = Engine(plan: plan, stored: Self.nothing, zones: zones, now: now)
    for moment in test.moments {
      run(moment)
      guard let reason = excess else { continue }
      add(.stopped(because: reason), at: now, mark: moment.mark)
      break
    }
    // The results are kept, the world is not.
    engine = Engine(
      plan: Plan(sources: [], rules: [], notifiers: []), stored: Self.nothing, zones: zones,
      now: now)
    pages = [:]
  }

  private static let nothing = StoredState(
    installation: "test", latestEvent: 0, sources: [:], series: [], alerts: [:], outbox: [])

  /// Advances the clock to a moment, and applies its requests and answers.
  ///
  /// The moment may also expect an event that the clock causes on the way.
  private mutating func run(_ moment: RuleTest.Moment) {
    if !moment.isAfterDowntime { passTime(until: moment.at - .milliseconds(1)) }
    addUnexpected(in: moment, except: moment.expected)
    now = max(now, moment.at)
    for request in moment.requests { apply(request, in: moment) }
    if !moment.isAfterDowntime { repeatAnswers(except: moment.failing) }
    for answer in moment.answers { apply(answer) }
    if moment.isAfterDowntime { step(.woke) }
    passTime(until: moment.at + RuleTest.momentLength)
    compare(with: moment)
  }

  /// Advances the clock, wakes the engine at its alarms, and repeats the sources' answers then.
  private mutating func passTime(until end: Timestamp) {
    while excess == nil, let alarm = nextAlarm, alarm <= end {
      now = max(now, alarm)
      repeatAnswers()
      step(.woke)
    }
    now = max(now, end)
  }

  /// The next time at which an alert changes by the clock, or quiet hours with held events end.
  private var nextAlarm: Timestamp? {
    [engine.alerts.alarms.next, engine.quietHours.nextDigest(at: now)].compactMap(\.self).min()
  }

  private mutating func repeatAnswers(except failing: Set<SourceName> = []) {
    for name in answering.subtracting(failing).sorted() { step(.fetched(name, .unchanged)) }
  }

  private mutating func apply(_ answer: RuleTest.Answer) {
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
      stepsLeft -= page.count
      step(
        .fetched(
          answer.source,
          .read(SourceReading(valueDate: day, observations: page), bodyHash: "", validators: nil)))
    }
  }

  /// Silences or acknowledges alerts.
  private mutating func apply(_ request: RuleTest.Request, in moment: RuleTest.Moment) {
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

  /// Decides and absorbs an event, and delivers its notifications with success.
  private mutating func step(_ event: Event) {
    var events = [event]
    while let event = events.popLast() {
      let decision = engine.decide(event, at: now)
      stepsLeft -= 1
      eventsLeft -= decision.changeset.events.count
      sent += decision.changeset.events.filter { !$0.recipients.isEmpty }
      muted += decision.changeset.events.filter(\.recipients.isEmpty)
      for lease in engine.absorb(decision, at: now).leases {
        let reports = lease.entries.map {
          DeliveryReport(sequence: $0.sequence, outcome: .delivered(detail: ""))
        }
        events.append(.delivered(notifier: lease.notifier, reports: reports, isLast: true))
      }
    }
  }

  // MARK: Comparing

  /// Compares the expectations with the events: first those that are equal, then those with the same
  /// subject.
  private mutating func compare(with moment: RuleTest.Moment) {
    var open = moment.expected
    open.removeAll { expectation in
      guard
        let index = sent.firstIndex(where: {
          expectation.matches($0) && expectation.differences(from: $0).isEmpty
        })
      else { return false }
      sent.remove(at: index)
      met += 1
      return true
    }
    for expectation in open {
      if let index = sent.firstIndex(where: { expectation.matches($0) }) {
        add(.different(expectation, sent.remove(at: index)), at: moment.at, mark: expectation.mark)
      } else if let event = muted.first(where: { expectation.matches($0) }) {
        add(.muted(expectation, event), at: moment.at, mark: expectation.mark)
      } else {
        add(.missing(expectation), at: moment.at, mark: expectation.mark)
      }
    }
    addUnexpected(in: moment)
  }

  /// Adds a difference for each remaining event that matches none of some expectations.
  private mutating func addUnexpected(
    in moment: RuleTest.Moment, except expected: [Expectation] = []
  ) {
    let awaited = sent.filter { event in expected.contains { $0.matches(event) } }
    for event in sent where differences.count < Self.maximumDifferences {
      if expected.contains(where: { $0.matches(event) }) { continue }
      add(.unexpected(event), at: event.notification.timestamp, mark: moment.mark)
    }
    sent = awaited
    muted = []
  }

  private mutating func add(_ kind: Difference.Kind, at instant: Timestamp, mark: SettingsMark) {
    var explanation: RuleExplanation?
    switch kind {
    case .missing(let expectation):
      explanation = self.explanation(of: expectation.subject) { series in
        (expectation.pair == nil || series.pair == expectation.pair)
          && (expectation.source == nil || series.source == expectation.source)
      }
    case .unexpected(let sent), .different(_, let sent), .muted(_, let sent):
      let event = sent.notification
      explanation = self.explanation(of: event["rule"] ?? "") { series in
        event["pair"] == series.pair.description && event["source"] == series.source.text
          && event["side"] == series.side.rawValue
      }
    case .nothingToAcknowledge(let rule): explanation = self.explanation(of: rule) { _ in true }
    case .stopped: break
    }
    differences.append(
      Difference(at: instant, mark: mark, kind: kind, explanation: explanation))
  }

  /// Returns the evaluation of a rule for its first series that fulfils a condition.
  private func explanation(of name: String, on isMeant: (Series) -> Bool) -> RuleExplanation? {
    guard let rule = engine.plan.rules.first(where: { $0.name == name }),
      let series = engine.series(watchedBy: rule).first(where: isMeant)
    else { return nil }
    return engine.explanation(of: rule, on: series, at: now)
  }
}

extension Engine {
  /// Returns the identifiers of a rule's firing alerts, of one pair or of all.
  fileprivate func firingAlerts(of rule: String, on pair: CurrencyPair?) -> [String] {
    guard let place = ruleIndex.index(of: rule) else { return [] }
    return tables.firing.filter { $0.rule == place && (pair == nil || $0.series.pair == pair) }
      .compactMap { $0.progress.firing?.alertID }
  }
}
