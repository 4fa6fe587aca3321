import FXCore
import Testing

@Suite("The tracker of sources")
struct SourceTrackerTests {
  private static let start = Timestamp(seconds: 1_771_578_000)

  /// A tracker of sources on the given hosts, named `a`, `b` … in their order, polled every hour.
  private static func tracker(_ hosts: [String]) -> SourceTracker {
    let names = hosts.indices.map {
      SourceName(String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))))
    }
    return SourceTracker(
      of: zip(names, hosts).map {
        PlannedSource(
          name: $0, schedule: .interval(.seconds(3600)), dating: .pageDay, host: $1)
      }, [:], installation: "00", zones: TestZones(), now: start, continuing: nil, restarting: [])
  }

  /// Fails a poll of a source, and returns the summaries of what is reported.
  private static func fail(
    _ name: SourceName, _ failure: FetchFailure, at now: Timestamp, _ tracker: inout SourceTracker
  ) throws -> [String] {
    let decision = DecisionBuilder(at: now)
    tracker.recordFailure(failure, of: try #require(tracker.byName[name]), in: decision)
    decision.setEndedFetch(name)
    tracker.absorb(decision.decision)
    return decision.summaries
  }

  private static func succeed(
    _ name: SourceName, at now: Timestamp, _ tracker: inout SourceTracker
  ) throws -> [String] {
    let decision = DecisionBuilder(at: now)
    tracker.recordSuccess(
      of: try #require(tracker.byName[name]), validators: nil, in: decision)
    decision.setEndedFetch(name)
    tracker.absorb(decision.decision)
    return decision.summaries
  }

  // MARK: Transfers

  @Test("starts two transfers per server at a time")
  func servers() throws {
    var tracker = Self.tracker(["x.example", "x.example", "x.example", "y.example"])
    let now = Self.start + .seconds(3600)
    #expect(Set(tracker.startDue(at: now).map(\.name.text)) == ["a", "b", "d"])
    #expect(tracker.startDue(at: now).isEmpty)
    _ = try Self.succeed(SourceName("a"), at: now, &tracker)
    #expect(tracker.startDue(at: now).map(\.name.text) == ["c"])
  }

  @Test("is next due when a source is due that is not fetched already")
  func nextDue() throws {
    var tracker = Self.tracker(["x.example"])
    let due = try #require(tracker.byName[SourceName("a")]?.state.due)
    #expect(tracker.nextDue(after: due - .milliseconds(1)) == due)
    #expect(tracker.nextDue(after: due) == nil)
    _ = tracker.startDue(at: due)
    #expect(tracker.nextDue(after: due - .milliseconds(1)) == nil)
    _ = try Self.succeed(SourceName("a"), at: due, &tracker)
    let next = try #require(tracker.nextDue(after: due))
    #expect(next > due && next <= due + .seconds(2 * 3600))
  }

  // MARK: Failures

  @Test("reports a source as down, once, at its third failure in a row, and its recovery")
  func down() throws {
    var tracker = Self.tracker(["x.example", "y.example"])
    let failure = FetchFailure(reason: "the server answered HTTP 503")
    var reports: [[String]] = []
    for hour in 0..<4 {
      let now = Self.start + .seconds(3600 * hour)
      reports.append(try Self.fail(SourceName("a"), failure, at: now, &tracker))
    }
    let now = Self.start + .seconds(4 * 3600)
    reports.append(try Self.succeed(SourceName("a"), at: now, &tracker))
    reports.append(try Self.succeed(SourceName("a"), at: now, &tracker))
    #expect(
      reports == [
        [], [],
        ["source.down: a is down: the server answered HTTP 503 (3 attempts in a row)"], [],
        ["source.recovered: a answers again"], [],
      ])
  }

  @Test("forgets the validators of a source after a failure, which they may have caused")
  func validators() throws {
    var tracker = Self.tracker(["x.example"])
    let name = SourceName("a")
    let decision = DecisionBuilder(at: Self.start)
    tracker.recordSuccess(
      of: try #require(tracker.byName[name]),
      validators: .init(url: "https://x.example/", etag: "v1", lastModified: nil), in: decision)
    tracker.absorb(decision.decision)
    #expect(tracker.byName[name]?.state.validators?.etag == "v1")
    _ = try Self.fail(name, FetchFailure(reason: "HTTP 403"), at: Self.start, &tracker)
    #expect(tracker.byName[name]?.state.validators == nil)
  }

  @Test("counts only failures without a success between them")
  func interrupted() throws {
    var tracker = Self.tracker(["x.example"])
    let failure = FetchFailure(reason: "the server answered HTTP 503")
    for _ in 0..<5 {
      #expect(try Self.fail(SourceName("a"), failure, at: Self.start, &tracker) == [])
      #expect(try Self.fail(SourceName("a"), failure, at: Self.start, &tracker) == [])
      #expect(tracker.byName[SourceName("a")]?.state.failures == 2)
      #expect(try Self.succeed(SourceName("a"), at: Self.start, &tracker) == [])
      #expect(tracker.byName[SourceName("a")]?.state.failures == 0)
    }
  }

  @Test("reports the network, not the sources, where two hosts are unreachable")
  func network() throws {
    var tracker = Self.tracker(["x.example", "y.example"])
    let failure = FetchFailure(reason: "timed out", isUnreachable: true)
    var reports: [String] = []
    for attempt in 0..<4 {
      for name in ["a", "b"] {
        reports += try Self.fail(
          SourceName(name), failure, at: Self.start + .seconds(60 * attempt), &tracker)
      }
    }
    reports += try Self.succeed(SourceName("b"), at: Self.start + .seconds(600), &tracker)
    #expect(
      reports == [
        "source.down: no source can be reached; last error: timed out",
        "source.recovered: sources can be reached again",
      ])
  }

  @Test(
    "reports a source as down where other sources of its host are unreachable, or another was read",
    arguments: [
      (["x.example", "x.example"], false), (["x.example", "y.example"], true),
    ])
  func noNetworkFault(hosts: [String], wasRead: Bool) throws {
    var tracker = Self.tracker(hosts)
    let failure = FetchFailure(reason: "timed out", isUnreachable: true)
    var reports: [String] = []
    for attempt in 1...3 {
      let now = Self.start + .seconds(60 * attempt)
      reports += try Self.fail(SourceName("a"), failure, at: now, &tracker)
      if wasRead {
        reports += try Self.succeed(SourceName("b"), at: now, &tracker)
      } else if attempt < 3 {
        reports += try Self.fail(SourceName("b"), failure, at: now, &tracker)
      }
    }
    #expect(reports == ["source.down: a is down: timed out (3 attempts in a row)"])
  }

  @Test("changes nothing before a decision is absorbed")
  func decidesOnly() throws {
    let tracker = Self.tracker(["x.example"])
    let source = try #require(tracker.byName[SourceName("a")])
    let decision = DecisionBuilder(at: Self.start)
    tracker.recordFailure(FetchFailure(reason: "HTTP 503"), of: source, in: decision)
    #expect(tracker.byName[SourceName("a")]?.state == source.state)
    #expect(decision.changeset.sources[SourceName("a")]?.failures == 1)
  }
}
