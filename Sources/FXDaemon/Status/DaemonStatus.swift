package import FXCore

/// The status of a running daemon: its process, its store and a snapshot of its engine.
package struct DaemonStatus: Hashable, Sendable {
  /// The version of the JSON below; it changes only when a field changes its meaning.
  package static let formatVersion = 1

  /// The request on the control socket that is answered with a status as JSON.
  package static let request = "status"

  /// The version of the running program, which may be older than the one installed.
  package var program = Version.text
  package var processID: Int32

  /// The start of the process.
  package var started: Timestamp

  /// The config file, as named.
  package var config: String

  /// The failure of the store; nil while it accepts commits.
  package var storeFailure: StoreFailure?

  /// The engine; nil before the first plan is active, while the store is opened or migrated.
  package var engine: EngineSnapshot?

  /// The daemons that share the store; nil where it belongs to one machine.
  package var replicas: ReplicaStatus?

  /// A store that accepts no commits.
  package struct StoreFailure: Hashable, Sendable {
    /// The instant of the oldest event that is not committed; nil where none waits.
    package var since: Timestamp?

    /// The number of events that wait for the store.
    package var waitingCount: Int
    package var reason: String

    /// A failure for this reason.
    package init(since: Timestamp?, waitingCount: Int, reason: String) {
      self.since = since
      self.waitingCount = waitingCount
      self.reason = reason
    }
  }

  /// One reason why the state is not `ok`.
  package struct Problem: Hashable, Sendable {
    package let state: ServiceState
    package let summary: String

    static func critical(_ summary: String) -> Problem {
      Problem(state: .critical, summary: summary)
    }

    static func warning(_ summary: String) -> Problem {
      Problem(state: .warning, summary: summary)
    }
  }

  /// The status of a process that runs with this config.
  package init(
    processID: Int32, started: Timestamp, config: String, storeFailure: StoreFailure? = nil,
    engine: EngineSnapshot? = nil, replicas: ReplicaStatus? = nil
  ) {
    self.processID = processID
    self.started = started
    self.config = config
    self.storeFailure = storeFailure
    self.engine = engine
    self.replicas = replicas
  }

  /// The worst state of the problems.
  package var state: ServiceState { problems.map(\.state).max() ?? .ok }

  /// The problems, the most severe first.
  ///
  /// Critical: the store fails, a notifier is disabled, no source can be read, or an alert of severity
  /// critical fires. Warning: the daemon starts, a source fails, is late or polled late, a notifier fails, or an
  /// alert of severity warning fires. Acknowledged and silenced alerts, and those of lower severity,
  /// are not problems.
  package var problems: [Problem] {
    var problems: [Problem] = []
    if let storeFailure {
      problems.append(
        .critical("store: failing\(since(storeFailure.since)): \(storeFailure.reason)"))
    }
    problems += (replicas?.problems ?? []).filter { storeFailure == nil || $0.state != .critical }
    if let engine {
      problems +=
        self.problems(of: engine.notifiers) + self.problems(of: engine.sources)
        + self.problems(of: engine.alerts)
    } else if replicas?.isActive != false {
      problems.append(.warning("fxwatch is starting; it is opening its history"))
    }
    return problems.sorted { $0.state > $1.state }
  }

  private func problems(of notifiers: [EngineSnapshot.Notifier]) -> [Problem] {
    notifiers.filter { $0.state != .ok }.map { notifier in
      Problem(
        state: notifier.state == .disabled ? .critical : .warning,
        summary: "notifier \(notifier.name): \(notifier.state.rawValue)\(since(notifier.since))"
          + reason(notifier.reason))
    }
  }

  private func problems(of sources: [EngineSnapshot.Source]) -> [Problem] {
    var problems: [Problem] = []
    let failing = sources.filter { $0.state == .failing }
    if !failing.isEmpty, failing.count == sources.count {
      problems.append(.critical("no source can be read"))
    }
    for source in failing {
      problems.append(
        .warning(
          "source \(source.name): failing\(since(source.failingSince))"
            + reason(source.failureReason)))
    }
    for source in sources where source.state == .late {
      problems.append(
        .warning("source \(source.name): a publication is overdue\(since(source.lateSince))"))
    }
    for source in sources where source.delayedSince != nil {
      problems.append(
        .warning(
          "source \(source.name): polled late\(since(source.delayedSince)); slow servers take the"
            + " places of all its requests"))
    }
    return problems
  }

  private func problems(of alerts: [EngineSnapshot.Alert]) -> [Problem] {
    alerts.filter { $0.state == .firing || $0.state == .flapping }.compactMap { alert in
      ServiceState(alert.severity).map { state in
        Problem(
          state: state,
          summary: "alert \(alert.key.rule) on \(alert.key.series): \(alert.state.rawValue)"
            + since(alert.since))
      }
    }
  }

  private func since(_ instant: Timestamp?) -> String { instant.map { " since \($0)" } ?? "" }

  private func reason(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }
}

extension ServiceState {
  /// The state that an unacknowledged alert of a severity means; nil where it is not a problem.
  fileprivate init?(_ severity: Severity) {
    switch severity {
    case .info, .notice: return nil
    case .warning: self = .warning
    case .critical: self = .critical
    }
  }
}
