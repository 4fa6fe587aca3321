import FXCore

/// Polls of sources under a virtual clock: each answers after a time of its own, for ever.
struct PollingRun {
  /// A source of a run: its interval, the time until its answers, and its server.
  struct Source {
    let name: SourceName
    let every: Duration
    let answersAfter: Duration
    let server: String

    /// A source on a server of its own, unless one is named.
    init(_ name: String, every: Int, answersAfter: Duration, server: String? = nil) {
      self.name = SourceName(name)
      self.every = .seconds(every)
      self.answersAfter = answersAfter
      self.server = server ?? "\(name).example"
    }
  }

  static let start = Timestamp(seconds: 1_771_578_000)

  private(set) var tracker: SourceTracker
  private let sources: [SourceName: Source]
  private(set) var now = start

  /// The instants at which each source was requested, since the start.
  private(set) var requests: [SourceName: [Duration]] = [:]

  /// The reports, each with its time since the start.
  private(set) var reports: [String] = []

  /// The largest number of transfers at once.
  private(set) var mostTransfers = 0

  private var ends: [(at: Timestamp, name: SourceName)] = []

  /// A run of sources, listed in this order in the config.
  init(_ sources: [Source]) {
    self.sources = Dictionary(sources.map { ($0.name, $0) }) { first, _ in first }
    tracker = SourceTracker(
      of: sources.map {
        PlannedSource(
          name: $0.name, schedule: .interval($0.every), dating: .pageDay, host: $0.server)
      }, [:], installation: "00", zones: TestZones(), now: Self.start, continuing: nil,
      restarting: [])
  }

  /// Runs for some time.
  mutating func run(for time: Duration) {
    let end = now + time
    while true {
      startDue()
      let next = [ends.map(\.at).min(), tracker.nextDue(after: now)].compactMap(\.self).min()
      guard let next, next <= end else { break }
      now = max(now, next)
      let ended = ends.filter { $0.at <= now }
      ends.removeAll { $0.at <= now }
      for (_, name) in ended {
        decide { tracker, decision in
          guard let source = tracker.byName[name] else { return }
          decision.setEndedFetch(name)
          tracker.recordSuccess(of: source, validators: nil, in: decision)
        }
      }
      decide { tracker, decision in tracker.reportLate(in: decision) }
    }
    now = end
  }

  private mutating func startDue() {
    for source in tracker.startDue(at: now) {
      requests[source.name, default: []].append(now - Self.start)
      ends.append((now + (sources[source.name]?.answersAfter ?? .zero), source.name))
    }
    mostTransfers = max(mostTransfers, ends.count)
  }

  private mutating func decide(_ body: (SourceTracker, DecisionBuilder) -> Void) {
    let decision = DecisionBuilder(at: now)
    body(tracker, decision)
    tracker.absorb(decision.decision)
    reports += decision.summaries.map { "\((now - Self.start).components.seconds) s: \($0)" }
  }

  /// Returns the longest time between two requests of a source, and from the last one to now.
  func longestGap(of name: String) -> Duration {
    let times = [.zero] + (requests[SourceName(name)] ?? []) + [now - Self.start]
    return zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .zero
  }
}
