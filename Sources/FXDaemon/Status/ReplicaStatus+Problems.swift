import FXCore

extension ReplicaStatus {
  /// The problems of the replicas, each with how severe it is.
  ///
  /// Critical: the database cannot be reached, or no replica is active. Warning: this replica has an older
  /// config than another one, or none other is present.
  var problems: [DaemonStatus.Problem] {
    var problems: [DaemonStatus.Problem] = []
    func add(_ state: ServiceState, _ summary: String) {
      problems.append(.init(state: state, summary: summary))
    }
    if let problem { add(.critical, "store: \(problem.message)") }
    if problem == nil, !isActive, !present.contains(where: \.isActive) {
      add(.critical, "no replica is active")
    }
    if isOutdated {
      add(
        .warning,
        "this replica has an older config than another one, and does not become active; reload or"
          + " restart it with the newest config")
    }
    if problem == nil, present.count == 1, members.count > 1 {
      add(.warning, "no other replica is present")
    }
    return problems
  }
}
