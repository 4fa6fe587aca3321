import FXCore
import Support

/// One user of a `ModelStore`.
final class ModelConnection: EngineStore, HistoryReading, CommandWriting {
  private let tables: Locked<StoreModel?>

  /// The suppressions this user last saw; nil before the first look.
  private let seen = Locked<Suppressions?>(nil)

  init(_ tables: Locked<StoreModel?>) { self.tables = tables }

  private func read<Answer>(_ work: (StoreModel) -> Answer) -> Answer {
    tables.withLock { work($0 ?? StoreModel()) }
  }

  private func write<Answer>(
    _ work: (inout StoreModel) throws(StoreProblem) -> Answer
  ) throws(StoreProblem) -> Answer {
    let result = tables.withLock { tables -> Result<Answer, StoreProblem> in
      var changed = tables ?? StoreModel()
      tables = nil
      changed.commits += 1
      defer { tables = changed }
      do throws(StoreProblem) { return .success(try work(&changed)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  // MARK: EngineStore

  func load(reach: StoredReach, now: Timestamp) async throws(StoreProblem) -> StoredState {
    read { $0.load(reach: reach, now: now) }
  }

  func firings(of alerts: [String]) async throws(StoreProblem) -> [String: JSONText] {
    read { $0.firings(of: alerts) }
  }

  func apply(_ changeset: Changeset) async throws(StoreProblem) {
    try write { tables throws(StoreProblem) in try tables.apply(changeset) }
  }

  func changedSuppressions(now: Timestamp) async throws(StoreProblem) -> Suppressions? {
    let (all, current) = read { ($0.suppressions, $0.suppressions(at: now)) }
    return seen.withLock { seen in
      guard seen != all else { return nil }
      seen = all
      return current
    }
  }

  func waiting() async throws(StoreProblem) -> [String: Int] { read { $0.waiting } }

  func openDeliveries(
    among sequences: [Int64], of notifier: String
  ) async throws(StoreProblem) -> Set<Int64> {
    Set(deliveries(.open, ofEvent: nil).filter { $0.notifier == notifier }.map(\.sequence))
      .intersection(sequences)
  }

  func answer() async throws(StoreProblem) {}

  func notifications(of sequences: [Int64]) async throws(StoreProblem) -> [Int64: Notification] {
    read { $0.notifications(of: sequences) }
  }

  func openDeliveries(_ query: OutboxQuery) async throws(StoreProblem) -> OutboxPage {
    read { $0.openDeliveries(query) }
  }

  func prune(_ retention: Retention, now: Timestamp) async throws(StoreProblem) -> PruneOutcome {
    try write { tables in
      PruneOutcome(deleted: tables.prune(retention, now: now), isComplete: true)
    }
  }

  func retentionTime() async throws(StoreProblem) -> Timestamp? { read { $0.retentionTime } }

  // MARK: HistoryReading

  func latestRates() -> [LatestRate] { read { $0.latestRates } }

  func recentRates(_ count: Int) -> [Series: [Rate]] { read { $0.recentRates(count) } }

  func rates(asOf instant: Timestamp?) -> [RateAsOf] { read { $0.rates(asOf: instant) } }

  func history(_ query: HistoryQuery) -> [HistoryRow] { read { $0.history(query) } }

  func sources() -> [SourceName: SourceState] { read { $0.sources } }

  func historyStarts() -> [SourceName: Timestamp] { read { $0.historyStarts } }

  func publication(_ number: Int64, of source: SourceName) -> Publication? {
    read { $0.publication(number, of: source) }
  }

  func publications(of sources: Set<SourceName>, until: Timestamp?) -> [PastPublication] {
    read { $0.publications(of: sources, until: until) }
  }

  func alerts(all: Bool) -> [AlertRecord] { read { $0.alerts(all: all) } }

  func activeAlerts() -> [ActiveAlert] { read { $0.activeAlerts } }

  func progress(ofRule name: String) -> [Series: AlertProgress] {
    read { $0.progress(ofRule: name) }
  }

  func suppressions(at now: Timestamp?) -> Suppressions { read { $0.suppressions(at: now) } }

  func alerts(beginningWith text: String, limit: Int) -> [String] {
    read { Array($0.fired.map(\.id).filter { $0.hasPrefix(text) }.sorted().prefix(limit)) }
  }

  func events(beginningWith text: String, limit: Int) -> [String] {
    read {
      Array($0.events.map(\.notification.id).filter { $0.hasPrefix(text) }.sorted().prefix(limit))
    }
  }

  func identifier(ofEvent text: String) -> String { read { $0.identifier(ofEvent: text) } }

  func notification(_ id: String) -> Notification? { read { $0.notification(id) } }

  func events(ofAlert id: String) -> [Int64] { read { $0.events(ofAlert: id) } }

  func deliveries(_ state: DeliveryState?, ofEvent id: String?) -> [DeliveryRecord] {
    read { $0.deliveries(state, ofEvent: id) }
  }

  func events(after sequence: Int64, limit: Int) -> [NumberedEvent] {
    read { $0.events(after: sequence, limit: limit) }
  }

  func latestEvent() -> Int64 { read { $0.events.last?.sequence ?? 0 } }

  func commitMark() -> Int64 { read { $0.commits } }

  func attempts(ofEvent sequence: Int64, to notifier: String) -> [DeliveryAttempt] {
    read { $0.attempts(ofEvent: sequence, to: notifier) }
  }

  func verify(progress: (_ percent: Int) -> Void) -> StoreVerification { StoreVerification() }

  // MARK: CommandWriting

  func silence(
    _ matchers: [SilenceMatcher], by attribution: Attribution, from now: Timestamp,
    until: Timestamp
  ) throws(StoreProblem) -> Silence {
    try write { $0.silence(matchers, by: attribution, from: now, until: until) }
  }

  func endSilence(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try write { $0.endSilence(id, at: now) }
  }

  func acknowledge(
    _ alertID: String, by attribution: Attribution, from now: Timestamp, until: Timestamp?
  ) throws(StoreProblem) -> Acknowledgement? {
    try write { $0.acknowledge(alertID, by: attribution, from: now, until: until) }
  }

  func endAcknowledgement(_ id: Int64, at now: Timestamp) throws(StoreProblem) -> Bool {
    try write { $0.endAcknowledgement(id, at: now) }
  }

  func abandon(
    _ deliveries: [DeliveryKey], because reason: String, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryKey] {
    try write { $0.abandon(deliveries, because: reason, now: now) }
  }

  func forgetNotification(ofAlerts ids: [String]) throws(StoreProblem) {
    try write { $0.forgetNotification(ofAlerts: ids) }
  }

  func replay(
    _ selection: DeadLetterSelection, now: Timestamp
  ) throws(StoreProblem) -> [DeliveryRecord] {
    try write { tables throws(StoreProblem) in try tables.replay(selection, now: now) }
  }

  func add(
    _ history: ImportedHistory, now: Timestamp, progress: (_ done: Int, _ total: Int) -> Void
  ) throws(StoreProblem) -> ImportOutcome {
    try write { $0.add(history, now: now, progress: progress) }
  }
}
