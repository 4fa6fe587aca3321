import FXCore
import Support
import Testing

@Suite("An outbox")
struct OutboxTests {
  private static let start = Timestamp(seconds: 1_771_578_000)

  private static func engine(
    _ open: [OutboxEntry], deliverWithin: Duration = .seconds(1 << 30), batches: Bool = false
  ) -> Engine {
    Engine(
      plan: Plan(
        sources: [], rules: [],
        notifiers: [
          PlannedNotifier(
            name: "ops", fingerprint: "1", deliverWithin: deliverWithin, batches: batches),
          PlannedNotifier(name: "console", fingerprint: "1"),
        ]),
      stored: StoredState(
        installation: "00", latestEvent: open.map(\.sequence).max() ?? 0, sources: [:], series: [],
        alerts: [:], outbox: open),
      zones: TestZones(), now: start)
  }

  private static func entry(
    _ sequence: Int64, orderingKey: String, due: Timestamp = start, to notifier: String = "ops",
    severity: Severity = .notice
  ) -> OutboxEntry {
    OutboxEntry(
      sequence: sequence, id: "evt_00_\(sequence)", notifier: notifier, orderingKey: orderingKey,
      opened: start, attempts: 0, due: due, severity: severity, summary: "event \(sequence)")
  }

  @Test("is settled together with other notifiers' as if each report came by itself")
  func together() throws {
    let open = [
      Self.entry(1, orderingKey: "a"), Self.entry(2, orderingKey: "b"),
      Self.entry(3, orderingKey: "a", to: "console"),
    ]
    var one = Self.engine(open)
    _ = one.absorb(one.decide(.started, at: Self.start), at: Self.start)
    var other = one
    let now = Self.start + .seconds(1)
    let ends = [
      LeaseReport(
        notifier: "ops",
        reports: [
          .init(sequence: 1, outcome: .retry(because: "HTTP 503")),
          .init(sequence: 2, outcome: .delivered(detail: "")),
        ], isLast: true),
      LeaseReport(
        notifier: "console", reports: [.init(sequence: 3, outcome: .delivered(detail: ""))],
        isLast: true),
    ]
    let decision = one.decide(.delivered(ends), at: now)
    let commands = one.absorb(decision, at: now)
    var apart: [DeliveryResult] = []
    var last: Commands?
    for end in ends {
      let decision = other.decide(.delivered([end]), at: now)
      apart += decision.changeset.deliveryResults
      last = other.absorb(decision, at: now)
    }
    #expect(decision.changeset.deliveryResults == apart)
    #expect(commands == last)
    let later = now + .seconds(3600)
    #expect(
      one.absorb(one.decide(.woke, at: later), at: later)
        == other.absorb(other.decide(.woke, at: later), at: later))
  }

  @Test(
    "is empty where two notifiers are disabled together, also of the event about the other one")
  func disabledTogether() throws {
    var engine = Self.engine([
      Self.entry(1, orderingKey: "a"), Self.entry(2, orderingKey: "b"),
      Self.entry(3, orderingKey: "a", to: "console"),
      Self.entry(4, orderingKey: "c", to: "console"),
    ])
    _ = engine.absorb(engine.decide(.started, at: Self.start), at: Self.start)
    let gone = ["ops": Int64(1), "console": 3].sorted { $0.value < $1.value }.map {
      LeaseReport(
        notifier: $0.key, reports: [.init(sequence: $0.value, outcome: .gone)], isLast: true)
    }
    let decision = engine.decide(.delivered(gone), at: Self.start)
    #expect(Set(decision.changeset.disabled.keys) == ["ops", "console"])
    // The second notifier could have sent the event about the first; for the second none is left.
    #expect(decision.changeset.events.map(\.recipients) == [["console"], []])
    #expect(
      decision.changeset.events.map(\.notification.type) == [.notifierDisabled, .notifierDisabled])
    #expect(
      Set(decision.changeset.deliveryResults.map { "\($0.notifier) \($0.sequence) \($0.state)" })
        == ["ops 1 dead", "console 3 dead"])
    #expect(decision.changeset.abandoned.map(\.notifier) == ["ops", "console"])
    #expect(
      decision.changeset.events.map { $0.notification["summary"]?.contains("; 2 of") }
        == [true, false])
    let commands = engine.absorb(decision, at: Self.start)
    #expect(commands.leases.isEmpty)
    #expect(commands.wake == nil)
  }

  @Test("leases the same entries as a plain model", arguments: 1...40)
  func agreesWithPlainModel(seed: UInt64) throws {
    var chance = SeededRandom(seed: seed)
    let lanes = Int.random(in: 1...6, using: &chance)
    let open = (1...Int64.random(in: 1...60, using: &chance)).map { sequence in
      Self.entry(
        sequence, orderingKey: "lane \(Int.random(in: 1...lanes, using: &chance))",
        due: Self.start + .seconds(Int.random(in: -60...60, using: &chance)),
        severity: Severity.allCases.randomElement(using: &chance) ?? .info)
    }
    var engine = Self.engine(open)
    var plain = PlainOutbox(open: open)
    var now = Self.start
    var commands = engine.absorb(engine.decide(.started, at: now), at: now)
    for _ in 0..<800 {
      if let query = commands.loads.first {
        let page = OutboxPage(query, plainlyFrom: plain.open)
        let loaded = Event.loaded(LoadedPage(to: query, page: page))
        commands = engine.absorb(engine.decide(loaded, at: now), at: now)
      }
      let lease = commands.leases.first
      #expect((lease?.entries.map(\.sequence) ?? []) == plain.lease(at: now))
      guard let lease else {
        // It may have to look into the store earlier.
        #expect(plain.nextDue.map { due in commands.wake.map { $0 <= due } ?? false } ?? true)
        guard let wake = commands.wake else { break }
        now = max(now, wake) + .milliseconds(Int.random(in: 0...5000, using: &chance))
        commands = engine.absorb(engine.decide(.woke, at: now), at: now)
        continue
      }
      plain.isLeased = true
      #expect(lease.concurrency == (plain.isSlow ? 1 : 8))
      now = now + .milliseconds(Int.random(in: 1...500, using: &chance))
      let reports = Self.reports(on: lease, &chance)
      let decision = engine.decide(
        .delivered(notifier: "ops", reports: reports, isLast: true), at: now)
      plain.settle(decision.changeset.deliveryResults)
      plain.end(reports, at: now)
      commands = engine.absorb(decision, at: now)
    }
    #expect(plain.open.isEmpty)
  }

  /// Reports of attempts in order; a lane is abandoned after a failure.
  private static func reports(on lease: Lease, _ chance: inout SeededRandom) -> [DeliveryReport] {
    var abandoned: Set<String> = []
    var reports: [DeliveryReport] = []
    for entry in lease.entries where !abandoned.contains(entry.orderingKey) {
      if reports.count > 3, chance.oneIn(6) { break }
      let outcome: DeliveryOutcome =
        switch Int.random(in: 0..<8, using: &chance) {
        case 0, 1: .retry(because: "HTTP 503")
        case 2: .retry(because: "no response", slowDown: true)
        case 4: .limited(because: "HTTP 429", after: chance.oneIn(2) ? .seconds(3) : nil)
        case 3: .refused(because: "the address cannot be used")
        default: .delivered(detail: "HTTP 204")
        }
      if case .delivered = outcome {} else { abandoned.insert(entry.orderingKey) }
      reports.append(DeliveryReport(sequence: entry.sequence, outcome: outcome))
    }
    return reports
  }

  @Test("counts attempts that fail together as one failure of the endpoint")
  func pausesOnce() throws {
    var now = Self.start
    var engine = Self.engine((1...8).map { Self.entry($0, orderingKey: "series \($0)") })
    let lease = try #require(
      engine.absorb(engine.decide(.started, at: now), at: now).leases.first)
    #expect(lease.entries.count == 8)
    now = now + .milliseconds(10)
    var wake: Timestamp?
    for entry in lease.entries {
      let report = DeliveryReport(sequence: entry.sequence, outcome: .retry(because: "HTTP 503"))
      wake =
        engine.absorb(
          engine.decide(
            .delivered(
              notifier: "ops", reports: [report], isLast: entry == lease.entries.last), at: now),
          at: now
        ).wake
    }
    let pause = try #require(wake) - now
    #expect(pause >= .seconds(5) && pause <= .seconds(6))
  }

  @Test("of ten thousand events is emptied in order, one report at a time")
  func isLong() {
    let open = (1...Int64(10_000)).map { Self.entry($0, orderingKey: "lane \($0 % 2_000)") }
    var engine = Self.engine(open)
    var commands = engine.absorb(engine.decide(.started, at: Self.start), at: Self.start)
    var delivered: Int64 = 0
    while let lease = commands.leases.first {
      for entry in lease.entries {
        delivered += 1
        #expect(entry.sequence == delivered)
        let decision = engine.decide(
          .delivered(
            notifier: "ops",
            reports: [.init(sequence: entry.sequence, outcome: .delivered(detail: ""))],
            isLast: entry == lease.entries.last),
          at: Self.start)
        commands = engine.absorb(decision, at: Self.start)
      }
    }
    #expect(delivered == 10_000)
  }

  @Test("keeps its order and the lease under way over a reload")
  func reload() throws {
    let open = (1...4).map { Self.entry($0, orderingKey: "lane \($0 % 2)") }
    var engine = Self.engine(open)
    let lease = engine.absorb(engine.decide(.started, at: Self.start), at: Self.start).leases.first
    #expect(lease?.entries.map(\.sequence) == [1, 2, 3, 4])
    let newer = open + [Self.entry(5, orderingKey: "lane 0"), Self.entry(6, orderingKey: "lane 3")]
    var next = Engine(
      plan: engine.plan,
      stored: StoredState(
        installation: "00", latestEvent: 6, sources: [:], series: [], alerts: [:], outbox: newer),
      zones: TestZones(), now: Self.start, continuing: engine)
    #expect(next.absorb(next.decide(.started, at: Self.start), at: Self.start).leases.isEmpty)
    let reports = [1, 2].map { DeliveryReport(sequence: $0, outcome: .delivered(detail: "")) }
    let back = next.decide(
      .delivered(notifier: "ops", reports: reports, isLast: true), at: Self.start)
    #expect(
      next.absorb(back, at: Self.start).leases.first?.entries.map(\.sequence) == [3, 4, 5, 6])
  }

  @Test("sends expired events in one digest, which never expires itself")
  func digest() throws {
    let open = (1...3).map { Self.entry($0, orderingKey: "lane \($0)") }
    var engine = Self.engine(open, deliverWithin: .seconds(3600))
    let now = Self.start + .seconds(3600)
    var commands = engine.absorb(engine.decide(.started, at: now), at: now)
    #expect(commands.leases.isEmpty)
    #expect(commands.wake == now)
    let decision = engine.decide(.woke, at: now)
    let event = try #require(decision.changeset.events.first)
    #expect(
      decision.changeset.abandoned == [
        AbandonedDeliveries(
          notifier: "ops", openedUntil: Self.start, at: now,
          detail: "expired; listed in digest \(event.notification.id)")
      ])
    #expect(event.recipients == ["ops"])
    #expect(
      event.notification.data.description
        == #"{"version":1,"notifier":"ops","severity":"notice","summary":"3 events could not be "#
        + #"delivered to 'ops' within 1h; listed here, and kept as dead letters","#
        + #""reason":"too late","since":"2026-02-20T09:00:00.000Z","events":3,"entries":["#
        + (1...3).map {
          #"{"id":"evt_00_\#($0)","type":null,"timestamp":"2026-02-20T09:00:00.000Z","#
            + #""about":"lane \#($0)","alert_id":null,"rule":null,"source":null,"pair":null,"#
            + #""severity":"notice","summary":"event \#($0)","still_holds":null}"#
        }.joined(separator: ",") + "]}")
    commands = engine.absorb(decision, at: now)
    #expect(commands.leases.first?.entries.map(\.sequence) == [4])
    let late = now + .seconds(7200)
    let failed = engine.decide(
      .delivered(
        notifier: "ops",
        reports: [.init(sequence: 4, outcome: .retry(because: "HTTP 503"))], isLast: true),
      at: late)
    commands = engine.absorb(failed, at: late)
    let again = try #require(commands.wake)
    commands = engine.absorb(engine.decide(.woke, at: again), at: again)
    #expect(commands.leases.first?.entries.map(\.sequence) == [4])
  }

  @Test("retries a batch as a whole, whatever was added since")
  func batches() throws {
    var now = Self.start
    var engine = Self.engine(
      (1...5).map { Self.entry($0, orderingKey: "series \($0)") }, batches: true)
    let lease = try #require(
      engine.absorb(engine.decide(.started, at: now), at: now).leases.first)
    #expect(lease.entries.map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(Set(lease.entries.map(\.batch)).count == 1)
    now = now + .milliseconds(10)
    let failed = engine.decide(
      .delivered(
        notifier: "ops",
        reports: lease.entries.map {
          .init(sequence: $0.sequence, outcome: .retry(because: "503"))
        },
        isLast: true), at: now)
    let dues = failed.changeset.deliveryResults.map(\.state)
    #expect(Set(dues).count == 1)
    // Two events more are stored before it is tried again, also over a restart.
    let due = try #require(
      dues.first.flatMap { if case .postponed(let due) = $0 { due } else { nil } })
    let stored =
      (1...Int64(5)).map { sequence in
        var entry = Self.entry(sequence, orderingKey: "series \(sequence)", due: due)
        entry.attempts = 1
        return entry
      } + [Self.entry(6, orderingKey: "series 1"), Self.entry(7, orderingKey: "series 9")]
    engine = Self.engine(stored, batches: true)
    var commands = engine.absorb(engine.decide(.started, at: due), at: due)
    let all = try #require(commands.leases.first)
    #expect(all.entries.map(\.sequence) == [1, 2, 3, 4, 5, 6, 7])
    #expect(
      Dictionary(grouping: all.entries, by: \.batch).values.map { $0.map(\.sequence) }
        .sorted { $0[0] < $1[0] } == [[1, 2, 3, 4, 5], [6, 7]])
    // While the endpoint fails, one shipment at a time.
    now = due + .milliseconds(10)
    commands = engine.absorb(
      engine.decide(
        .delivered(
          notifier: "ops",
          reports: (1...Int64(5)).map { .init(sequence: $0, outcome: .retry(because: "503")) },
          isLast: true), at: now), at: now)
    now = try #require(commands.wake)
    commands = engine.absorb(engine.decide(.woke, at: now), at: now)
    #expect(commands.leases.first?.entries.map(\.sequence) == [7])
  }

  @Test("sends later expired events in another digest while the first one waits")
  func secondDigest() throws {
    let now = Self.start + .seconds(7200)
    var waiting = OutboxEntry(
      sequence: 1, id: "evt_00_1", notifier: "ops", orderingKey: "too late 1", opened: Self.start,
      attempts: 6,
      due: now + .seconds(36_000), summary: "a digest")
    waiting.attempts = 6
    let late = Self.entry(2, orderingKey: "a")
    let fresh = OutboxEntry(
      sequence: 3, id: "evt_00_3", notifier: "ops", orderingKey: "b", opened: now, attempts: 0,
      due: now,
      summary: "b")
    var engine = Self.engine([waiting, late, fresh], deliverWithin: .seconds(3600))
    var commands = engine.absorb(engine.decide(.started, at: now), at: now)
    #expect(commands.leases.first?.entries.map(\.sequence) == [3])
    commands = engine.absorb(
      engine.decide(
        .delivered(
          notifier: "ops", reports: [.init(sequence: 3, outcome: .retry(because: "HTTP 503"))],
          isLast: true), at: now), at: now)
    let again = try #require(commands.wake)
    #expect(engine.decide(.woke, at: again).changeset.events.isEmpty)
    commands = engine.absorb(engine.decide(.woke, at: again), at: again)
    #expect(commands.leases.first?.entries.map(\.sequence) == [3])
    commands = engine.absorb(
      engine.decide(
        .delivered(
          notifier: "ops", reports: [.init(sequence: 3, outcome: .delivered(detail: ""))],
          isLast: true), at: again), at: again)
    #expect(try #require(commands.wake) <= again)
    let decision = engine.decide(.woke, at: again)
    #expect(decision.changeset.abandoned.map(\.openedUntil) == [again - .seconds(3600)])
    commands = engine.absorb(decision, at: again)
    #expect(commands.leases.first?.entries.map(\.sequence) == [4])
  }

  @Test("sends events that expire behind an open digest in the next one")
  func oneDigestAtATime() throws {
    var engine = Self.engine([Self.entry(1, orderingKey: "a")], deliverWithin: .seconds(3600))
    var now = Self.start + .seconds(3600)
    _ = engine.absorb(engine.decide(.started, at: now), at: now)
    _ = engine.absorb(engine.decide(.woke, at: now), at: now)
    var stored = [
      Self.entry(2, orderingKey: "digest"), Self.entry(3, orderingKey: "b"),
      Self.entry(4, orderingKey: "c"),
    ]
    stored[0] = OutboxEntry(
      sequence: 2, id: "evt_00_2", notifier: "ops", orderingKey: "too late", opened: now,
      attempts: 0, due: now,
      summary: "")
    engine = Engine(
      plan: engine.plan,
      stored: StoredState(
        installation: "00", latestEvent: 4, sources: [:], series: [], alerts: [:], outbox: stored),
      zones: TestZones(), now: now)
    var commands = engine.absorb(engine.decide(.started, at: now), at: now)
    #expect(commands.leases.first?.entries.map(\.sequence) == [2])
    #expect(engine.decide(.woke, at: now).changeset.events.isEmpty)
    now = now + .seconds(1)
    commands = engine.absorb(
      engine.decide(
        .delivered(
          notifier: "ops", reports: [.init(sequence: 2, outcome: .delivered(detail: ""))],
          isLast: true), at: now), at: now)
    #expect(try #require(commands.wake) <= now)
    #expect(
      engine.decide(.woke, at: now).changeset.events.map { $0.notification["events"] } == ["2"])
  }
}
