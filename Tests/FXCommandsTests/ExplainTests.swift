import FXCommands
import FXCore
import FXDaemon
import FXSystem
import Support
import Testing

@Suite("fxwatch explain")
struct ExplainTests {
  private static let header = """
    sources: {timesca: {preset: timesca, every: 15m}, ecb: {preset: ecb}}
    notifiers: {console: {type: stdout}, ops: {type: stdout}}
    rules:

    """

  @Test(
    "of an alert shows each comparison, a late poll, its end and all attempts to deliver")
  func alert() async throws {
    var life = try await Life(
      Self.header
        + "  high: {pairs: [TJS/USD], when: rate > 0.1, release: rate < 0.09, certainty: printed}")
    try await life.publish(["TJS/USD": "0.09168"], by: "timesca", at: "2026-02-16T09:00:00Z")
    life.receiver = { notifier in
      notifier == "ops" ? .retry(because: "HTTP 503") : .delivered(detail: "written")
    }
    try await life.publish(["TJS/USD": "0.10563"], by: "timesca", at: "2026-02-20T09:00:00Z")
    try await life.publish(["TJS/USD": "0.08000"], by: "timesca", at: "2026-02-20T12:00:00Z")
    let text = try life.explanation(of: life.fired[0])
    #expect(
      text == """
        alert        \(life.fired[0])
        summary      TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23) (found late)
        fired        2026-02-20T09:00:00.000Z, resolved 2026-02-20T12:00:00.000Z
                     late: fxwatch did not poll when this was due
        rule         high (state, warning)
        when         rate > 0.1
        release      rate < 0.09
        certainty    printed

        series       timesca TJS/USD, tick 0.00001
        printed      0.10563, of 2026-02-20, known since 2026-02-20T09:00:00.000Z
        before       0.09168, of 2026-02-16, known since 2026-02-16T09:00:00.000Z

          rate = 0.10563
          rate > 0.1: true
        so           the condition holds
        release:
          rate = 0.10563
          rate < 0.09: false

        publication  timesca number 2, of 2026-02-20, seen 2026-02-20T09:00:00.000Z to \
        2026-02-20T09:00:00.000Z
        body         body-2
        version 1    0.10563, known since 2026-02-20T09:00:00.000Z, publication 2
        version 2    0.08000, known since 2026-02-20T12:00:00.000Z, publication 3

        delivery     alert.firing to console: delivered
          attempt 1  2026-02-20T09:00:00.000Z  delivered  written

        delivery     alert.firing to ops: open
          attempt 1  2026-02-20T09:00:00.000Z  postponed  HTTP 503
          attempt 2  2026-02-20T12:00:00.000Z  postponed  HTTP 503

        delivery     alert.resolved to console: delivered
          attempt 1  2026-02-20T12:00:00.000Z  delivered  written

        delivery     alert.resolved to ops: open

        """)
  }

  @Test("of a window since an alert was armed or fired uses the instants of that alert")
  func armed() async throws {
    let config =
      Self.header
      + "  stop: {pairs: [TJS/USD], when: rate < max(since armed) * 0.97, certainty: printed}"
    var life = try await Life(Self.header + "  other: {pairs: [TJS/USD], when: rate > 9}")
    try await life.publish(["TJS/USD": "0.20000"], by: "timesca", at: "2026-02-16T09:00:00Z")
    try await life.publish(["TJS/USD": "0.10000"], by: "timesca", at: "2026-02-17T09:00:00Z")
    try life.configure(config)
    try await life.restart(at: "2026-02-17T10:00:00Z")
    try await life.publish(["TJS/USD": "0.11000"], by: "timesca", at: "2026-02-18T09:00:00Z")
    try await life.publish(["TJS/USD": "0.10000"], by: "timesca", at: "2026-02-19T09:00:00Z")
    let lines = try life.explanation(of: life.fired[0]).split(separator: "\n").map(String.init)
    #expect(lines.contains("  max(since armed) * 0.97 = 0.1067"))
    #expect(lines.contains("armed        since 2026-02-17T10:00:00.000Z"))
    let current = try life.explanation(of: "stop", on: "TJS/USD")
    #expect(current.contains("  max(since armed) * 0.97 = 0.1067"))
    #expect(current.contains("so           the condition holds"))
  }

  @Test("of an alert explains the day that fired it, not a later one of the same body")
  func severalDays() async throws {
    var life = try await Life(Self.header + "  moves: {pairs: [EUR/USD], when: abs(change) > 1%}")
    try await life.publish(
      ["EUR/USD": "1.1831"], by: "ecb", for: "2026-02-18", at: "2026-02-18T15:05:00Z")
    for (day, rate) in [("2026-02-19", "1.1701"), ("2026-02-20", "1.1705")] {
      try await life.publish(
        ["EUR/USD": rate], by: "ecb", for: day, at: "2026-02-20T15:05:00Z")
    }
    #expect(life.fired.count == 1)
    let lines = try life.explanation(of: life.fired[0]).split(separator: "\n").map(String.init)
    let found = lines.filter { line in
      ["printed ", "before ", "so ", "publication "].contains { line.hasPrefix($0) }
    }
    #expect(
      found == [
        "printed      1.1701, of 2026-02-19, known since 2026-02-20T15:05:00.000Z",
        "before       1.1831, of 2026-02-18, known since 2026-02-18T15:05:00.000Z",
        "so           the condition holds",
        "publication  ecb number 2, of 2026-02-19, seen 2026-02-20T15:05:00.000Z to"
          + " 2026-02-20T15:05:00.000Z",
      ])
  }

  @Test("of an alert shows the stored rates that its windows contain, and no earlier one")
  func lookback() async throws {
    var life = try await Life(
      Self.header + "  moves: {pairs: [TJS/USD], when: change(48h) > 10%}")
    let rates = ["0.09000", "0.09168", "0.09200", "0.09150", "0.10563"]
    for (day, rate) in zip(15..., rates) {
      try await life.publish(["TJS/USD": rate], by: "timesca", at: "2026-02-\(day)T09:00:00Z")
    }
    #expect(life.fired.count == 1)
    let lines = try life.explanation(of: life.fired[0]).split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.hasPrefix("looks back") })
    #expect(
      lines[place..<(place + 3)] == [
        "looks back   on 2 rates",
        "             0.09200, of 2026-02-17, known since 2026-02-17T09:00:00.000Z",
        "             0.09150, of 2026-02-18, known since 2026-02-18T09:00:00.000Z",
      ])
    #expect(lines.contains("so           the condition holds"))
  }

  @Test("of an alert whose rates are no longer stored shows those of the alert, not others")
  func lostEvidence() async throws {
    var life = try await Life(Self.header + "  high: {pairs: [TJS/USD], when: rate > 0.1}")
    try await life.publish(["TJS/USD": "0.09168"], by: "timesca", at: "2026-02-19T09:00:00Z")
    try await life.publish(["TJS/USD": "0.10563"], by: "timesca", at: "2026-02-20T09:00:00Z")
    let alert = try await life.record(printed: "0.10563", as: "0.1056")
    let lines = try life.explanation(of: alert).split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.hasPrefix("series ") })
    #expect(
      lines[place..<(place + 4)] == [
        "series       timesca TJS/USD",
        "rate         0.10563, of 2026-02-20, known since 2026-02-20T09:00:00.000Z",
        "before       0.09168, of 2026-02-19, known since 2026-02-19T09:00:00.000Z",
        "             the stored history no longer has the rates of this evaluation; these are the"
          + " alert's own",
      ])
  }

  @Test("of an alert that was silenced shows the silence and that nothing was sent")
  func silenced() async throws {
    var life = try await Life(Self.header + "  high: {pairs: [TJS/USD], when: rate > 0.1}")
    try life.silence("rule=high")
    try await life.publish(["TJS/USD": "0.10563"], by: "timesca", at: "2026-02-20T09:00:00Z")
    let lines = try life.explanation(of: life.fired[0]).split(separator: "\n").map(String.init)
    #expect(
      lines[2...3] == [
        "fired        2026-02-20T09:00:00.000Z, still firing",
        "             not sent: muted by silence 7",
      ])
    #expect(lines.contains("before       nothing"))
    #expect(lines.last == "deliveries   none")
  }

  @Test("of an alert whose rule has changed or is gone shows the condition it had")
  func changedRule() async throws {
    var life = try await Life(Self.header + "  high: {pairs: [TJS/USD], when: rate > 0.1}")
    try await life.publish(["TJS/USD": "0.10563"], by: "timesca", at: "2026-02-20T09:00:00Z")
    try life.configure(Self.header + "  high: {pairs: [TJS/USD], when: rate > 0.2}")
    let lines = try life.explanation(of: life.fired[0]).split(separator: "\n").map(String.init)
    #expect(
      lines[3...5] == [
        "rule         high (state, warning)", "when         rate > 0.2",
        "             the rule has changed since; it was: rate > 0.1",
      ])
    #expect(lines.contains("so           the condition holds"))
    try life.configure(Self.header + "  low: {when: rate < 0.1}")
    #expect(
      try life.explanation(of: life.fired[0]).hasPrefix(
        """
        alert        \(life.fired[0])
        summary      TJS/USD at timesca: 0.10563
        fired        2026-02-20T09:00:00.000Z, still firing
        rule         high: rate > 0.1
                     the config no longer has this rule; its condition then is above

        delivery     alert.firing to console: delivered
        """))
  }

  @Test("of a rule on a pair shows its phase, and a verdict that is unknown")
  func rule() async throws {
    var life = try await Life(
      Self.header + """
          waits: {pairs: [TJS/USD], when: rate > 0.1, for: 3}
          once: {pairs: [TJS/USD], when: change > 1%, once: true}
          blind: {pairs: [TJS/USD], when: change(24h) > 1%}
          close: {pairs: [TJS/USD], when: abs(change) > 15.21%}
        """)
    try await life.publish(["TJS/USD": "0.09168"], by: "timesca", at: "2026-02-20T09:00:00Z")
    try await life.publish(["TJS/USD": "0.10563"], by: "timesca", at: "2026-02-20T09:15:00Z")
    func lines(_ rule: String) throws -> [String] {
      try life.explanation(of: rule, on: "TJS/USD")
    }
    #expect(
      try lines("waits").contains(
        "alert        pending since 2026-02-20T09:15:00.000Z, 1 publication so far, by the stored"
          + " history"))
    #expect(
      try lines("once").contains(
        "alert        retired: it fired once, and its rule has once: true, by the stored history"
      ))
    let close = try lines("close")
    #expect(
      close.contains(
        "  abs(change) > 15.21%: undecided: both results are possible within the rounding"))
    #expect(close.contains("so           the condition is undecided: it changes nothing"))
    #expect(close.contains("alert        inactive, by the stored history"))
    let blind = try lines("blind")
    #expect(blind.contains("  change(24h) = unknown"))
    #expect(
      blind.contains(
        "so           the condition is unknown: no rate from 24h ago is known; it changes nothing"
      ))
  }

  @Test("of a revised fixing shows its versions and the publisher's calendar")
  func revised() async throws {
    var life = try await Life(Self.header + "  moves: {pairs: [EUR/USD], when: abs(change) > 1%}")
    try await life.publish(
      ["EUR/USD": "1.1831"], by: "ecb", for: "2026-02-19", at: "2026-02-19T15:05:00Z")
    try await life.publish(
      ["EUR/USD": "1.1701"], by: "ecb", for: "2026-02-20", at: "2026-02-20T15:05:00Z")
    try await life.publish(
      ["EUR/USD": "1.1801"], by: "ecb", for: "2026-02-20", at: "2026-02-20T15:35:00Z")
    let lines = try life.explanation(of: life.fired[0]).split(separator: "\n").map(String.init)
    #expect(lines[2] == "fired        2026-02-20T15:05:00.000Z, an event, sent once")
    #expect(
      lines.filter { $0.hasPrefix("version") } == [
        "version 1    1.1701, known since 2026-02-20T15:05:00.000Z, publication 2",
        "version 2    1.1801, known since 2026-02-20T15:35:00.000Z, publication 3",
      ])
    let calendar = try #require(lines.first { $0.hasPrefix("calendar") })
    #expect(
      calendar.wholeMatch(
        of:
          /calendar     \S+ is (a|no) day of publication; the next one is expected \S+; \d+ publications missing/
      ) != nil, "\(calendar)")
    let now = try life.explanation(of: "moves", on: "EUR/USD")
    #expect(
      now.contains(
        "printed      1.1801, of 2026-02-20, version 2, known since 2026-02-20T15:35:00.000Z"))
    #expect(
      now.contains("before       1.1831, of 2026-02-19, known since 2026-02-19T15:05:00.000Z"))
  }
}

/// Publications under a config, decided by the engine and stored as the daemon does it.
private struct Life {
  /// The outcome of deliveries to each notifier.
  var receiver: (String) -> DeliveryOutcome = { _ in .delivered(detail: "written") }

  /// The alerts that fired, oldest first.
  private(set) var fired: [String] = []

  private var latest: AlertRecord?

  private let scratch: Scratch
  private let store: any EngineStore
  private let installation: String
  private var context: CommandContext
  private var engine: Engine
  private var now = Timestamp(milliseconds: 0)
  private var bodies = 0

  init(_ config: String) async throws {
    scratch = try Scratch()
    context = try Self.context(config, scratch)
    store = try await Setup.store(inStateDirectory: scratch.path).openForEngine()
    let stored = try await store.load(reach: context.setup.plan.reach, now: now)
    installation = stored.installation
    engine = Engine(plan: context.setup.plan, stored: stored, zones: SystemZones(), now: now)
  }

  private static func context(_ config: String, _ scratch: Scratch) throws -> CommandContext {
    let file = try scratch.write("state: \(scratch.path)\n" + config, to: "fxwatch.yaml")
    return try CommandContext(file: file, environment: [:])
  }

  /// Puts another config in place, for those who ask; the engine goes on under the one before.
  mutating func configure(_ config: String) throws { context = try Self.context(config, scratch) }

  /// Restarts the engine under the current config.
  mutating func restart(at instant: String) async throws {
    now = try #require(Timestamp(text: instant))
    let plan = context.setup.plan
    engine = Engine(
      plan: plan, stored: try await store.load(reach: plan.reach, now: now),
      zones: SystemZones(), now: now)
    try await step(.started)
  }

  /// Stores the latest alert again with another printed rate in its evidence, which history does not have, and
  /// returns its identifier.
  mutating func record(printed: String, as other: String) async throws -> String {
    let alert = try #require(latest)
    let text = alert.data.value.description
    let data = try JSONReader.read(
      Array(text.replacing("\"printed\":\"\(printed)\"", with: "\"printed\":\"\(other)\"").utf8))
    let id = alert.id.replacing("alert_", with: "alert_0")
    var changes = Changeset()
    changes.fired = [
      AlertRecord(
        id: id, key: alert.key, kind: alert.kind, severity: alert.severity, firedAt: alert.firedAt,
        resolvedAt: alert.firedAt, data: JSONText(data))
    ]
    try await store.apply(changes)
    return id
  }

  mutating func silence(_ matcher: String) throws {
    engine.setSuppressions(
      Suppressions(silences: [
        Silence(
          id: 7, matchers: [try SilenceMatcher(matcher)], author: "ana", reason: "known",
          created: now, until: Timestamp(milliseconds: .max))
      ]), at: now)
  }

  mutating func publish(
    _ figures: [String: String], by source: String, for day: String? = nil, at instant: String
  ) async throws {
    now = try #require(Timestamp(text: instant))
    bodies += 1
    let observations = try figures.map { pair, figure in
      Observation(
        pair: try #require(CurrencyPair(pair)),
        rate: try #require(ExactDecimal(figure).flatMap { Rate(printed: $0) }))
    }
    let valueDate = day.flatMap { CalendarDay(text: $0) } ?? now.day
    try await step(
      .fetched(
        SourceName(source),
        .read(
          SourceReading(valueDate: valueDate, observations: observations),
          bodyHash: "body-\(bodies)", validators: nil)))
  }

  private mutating func step(_ event: Event) async throws {
    let decision = engine.decide(event, at: now)
    try await store.apply(decision.changeset)
    fired += decision.changeset.fired.map(\.id)
    latest = decision.changeset.fired.last ?? latest
    for lease in engine.absorb(decision, at: now).leases {
      let reports = lease.entries.map {
        DeliveryReport(sequence: $0.sequence, outcome: receiver(lease.notifier))
      }
      try await step(.delivered(notifier: lease.notifier, reports: reports, isLast: true))
    }
  }

  /// Returns the explanation of an alert, with `0` for the installation's identifier.
  func explanation(of alert: String) throws -> String {
    try context.explain(alert: alert).text.replacing(installation, with: "0")
  }

  /// Returns the explanation of a rule on a pair, line by line.
  func explanation(of rule: String, on pair: String) throws -> [String] {
    try context.explain(rule: rule, pair: try #require(CurrencyPair(pair)), source: nil)
      .flatMap { $0.text.split(separator: "\n").map(String.init) }
  }
}
