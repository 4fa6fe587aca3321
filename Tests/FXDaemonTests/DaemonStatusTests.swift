import FXCore
import FXDaemon
import Testing

@Suite("The status of a daemon")
struct DaemonStatusTests {
  private static let start = Timestamp(seconds: 1_771_578_000)

  /// A status with an engine of these sources, alerts and notifiers.
  private func status(
    sources: [EngineSnapshot.Source.State] = [.ok],
    alerts: [(Severity, EngineSnapshot.Alert.State)] = [],
    notifiers: [EngineSnapshot.Notifier.State] = [.ok],
    storeFailure: DaemonStatus.StoreFailure? = nil
  ) throws -> DaemonStatus {
    let pair = try #require(CurrencyPair("TJS/USD"))
    var engine = EngineSnapshot(at: Self.start)
    engine.sources = sources.enumerated().map { index, state in
      var source = EngineSnapshot.Source(name: SourceName("source\(index)"), state: state)
      source.nextPoll = Self.start + .seconds(60)
      source.lastAttempt = Self.start
      source.lastSuccess = Self.start
      source.failingSince = state == .failing ? Self.start : nil
      source.failureReason = state == .failing ? "the server answered HTTP 503" : nil
      source.lateSince = state == .late ? Self.start : nil
      source.latestPublication = Self.start
      source.latestValueDate = Self.start.day
      source.seriesCount = 3
      return source
    }
    engine.firingCount = alerts.count
    engine.alerts = alerts.enumerated().map { index, alert in
      let series = Series(source: SourceName("source0"), pair: pair, side: .mid)
      return .init(
        id: "alr_\(index)", key: AlertKey(rule: "rule\(index)", series: series),
        severity: alert.0, state: alert.1, since: Self.start)
    }
    engine.notifiers = notifiers.enumerated().map { index, state in
      var notifier = EngineSnapshot.Notifier(name: "notifier\(index)", state: state)
      notifier.waitingCount = 4
      notifier.since = state == .ok ? nil : Self.start
      notifier.reason = state == .ok ? nil : "HTTP 410"
      return notifier
    }
    return DaemonStatus(
      processID: 4711, started: Self.start, config: "fxwatch.yaml", storeFailure: storeFailure,
      engine: engine)
  }

  @Test("has a reason to send no heartbeat where the store, the polls or all sources fail")
  func heartbeat() throws {
    let now = Self.start + .seconds(60)
    #expect(try status(sources: [.ok, .failing]).heartbeatFailure(at: now) == nil)
    #expect(
      try status(sources: [.failing, .failing]).heartbeatFailure(at: now)
        == "no source can be read: the server answered HTTP 503")
    let store = DaemonStatus.StoreFailure(since: nil, waitingCount: 1, reason: "the disk is full")
    #expect(
      try status(storeFailure: store).heartbeatFailure(at: now)
        == "the store fails: the disk is full")
    #expect(
      try status().heartbeatFailure(at: now + .seconds(1000)) == "sources are not polled")
    var starting = try status()
    starting.engine = nil
    #expect(starting.heartbeatFailure(at: now) == "fxwatch is starting")
    var fresh = try status(sources: [.new])
    fresh.engine?.sources[0].lastSuccess = nil
    #expect(fresh.heartbeatFailure(at: now) == "no source has been read yet")
  }

  @Test("is ok while sources and notifiers work, whatever of low severity or muted fires")
  func ok() throws {
    let status = try status(
      sources: [.ok, .new],
      alerts: [
        (.info, .firing), (.notice, .flapping), (.critical, .acknowledged), (.critical, .silenced),
      ])
    #expect(status.problems == [])
    #expect(status.state == .ok)
    #expect(status.state.exitStatus == 0)
  }

  @Test("is a warning while a source is late or fails, a notifier fails, or a warning fires")
  func warning() throws {
    #expect(try status(sources: [.ok, .late]).state == .warning)
    #expect(try status(sources: [.ok, .failing]).state == .warning)
    #expect(try status(notifiers: [.ok, .failing]).state == .warning)
    #expect(try status(alerts: [(.warning, .firing)]).state == .warning)
    #expect(try status(alerts: [(.warning, .flapping)]).state == .warning)
    let starting = DaemonStatus(processID: 1, started: Self.start, config: "fxwatch.yaml")
    #expect(starting.state == .warning)
    #expect(starting.state.exitStatus == 1)
  }

  @Test("is critical without a store, a notifier or any source, and while a critical alert fires")
  func critical() throws {
    let failure = DaemonStatus.StoreFailure(
      since: Self.start, waitingCount: 3, reason: "the disk is full")
    #expect(try status(storeFailure: failure).state == .critical)
    #expect(try status(notifiers: [.ok, .disabled]).state == .critical)
    #expect(try status(sources: [.failing, .failing]).state == .critical)
    #expect(try status(alerts: [(.critical, .firing)]).state == .critical)
    #expect(try status(alerts: [(.critical, .firing)]).state.exitStatus == 2)
  }

  @Test("names each problem in a sentence, the most severe first")
  func problems() throws {
    let status = try status(
      sources: [.ok, .failing, .late], alerts: [(.warning, .firing)], notifiers: [.disabled])
    #expect(
      status.problems.map { "\($0.state): \($0.summary)" } == [
        "critical: notifier notifier0: disabled since 2026-02-20T09:00:00.000Z: HTTP 410",
        "warning: source source1: failing since 2026-02-20T09:00:00.000Z:"
          + " the server answered HTTP 503",
        "warning: source source2: a publication is overdue since 2026-02-20T09:00:00.000Z",
        "warning: alert rule0 on source0 TJS/USD: firing since 2026-02-20T09:00:00.000Z",
      ])
  }

  @Test("is sent as JSON with instants in UTC, counts and null for what is absent")
  func json() throws {
    let json = try status(alerts: [(.warning, .firing)]).json
    #expect(json["version"]?.text == "1")
    #expect(json["state"]?.text == "warning")
    #expect(json["firing"]?.text == "1")
    #expect(json["waiting"]?.text == "4")
    #expect(json["series"]?.text == "3")
    #expect(json["daemon"]?["pid"]?.text == "4711")
    #expect(json["store"]?["state"]?.text == "ok")
    #expect(
      json["sources"]?.elements?.first?.description
        == """
        {"source":"source0","state":"ok","since":null,"next_poll":"2026-02-20T09:01:00.000Z","polled_late_since":null,\
        "last_attempt":"2026-02-20T09:00:00.000Z","last_success":"2026-02-20T09:00:00.000Z",\
        "failures":0,"reason":null,"last_publication":"2026-02-20T09:00:00.000Z",\
        "value_date":"2026-02-20","series":3}
        """)
    #expect(
      json["alerts"]?.elements?.first?.description
        == """
        {"alert_id":"alr_0","state":"firing","since":"2026-02-20T09:00:00.000Z",\
        "severity":"warning","rule":"rule0","source":"source0","pair":"TJS/USD","side":"mid","vanished_since":null}
        """)
    #expect(
      json["notifiers"]?.elements?.first?.description
        == """
        {"notifier":"notifier0","state":"ok","since":null,"waiting":4,"next_attempt":null,\
        "reason":null}
        """)
  }

  @Test("of a standby is ok while another replica is active, and critical once none is")
  func replicas() {
    func member(_ name: String, active: Bool, lag: Int, generation: Int64 = 1)
      -> ReplicaStatus.Member
    {
      .init(
        name: name, isOwn: name == "anna", isActive: active, version: "1", started: Self.start,
        lag: .seconds(lag), generation: generation)
    }
    func problems(_ members: [ReplicaStatus.Member]) -> [String] {
      DaemonStatus(
        processID: 1, started: Self.start, config: "fxwatch.yaml",
        replicas: ReplicaStatus(isActive: false, members: members)
      ).problems.map { "\($0.state.rawValue): \($0.summary)" }
    }
    let own = member("anna", active: false, lag: 0)
    #expect(problems([own, member("berta", active: true, lag: 1)]) == [])
    #expect(
      problems([own, member("berta", active: true, lag: 60)])
        == ["critical: no replica is active", "warning: no other replica is present"])
    #expect(
      problems([own, member("berta", active: true, lag: 1, generation: 2)])
        == [
          "warning: this replica has an older config than another one, and does not become active;"
            + " reload or restart it with the newest config"
        ])
  }
}
