/// The choice among the hosts of a database that take writes: the one with the latest history.
struct HostChoice {
  private let latest: LatestHistory
  private(set) var connection: PostgresConnection?

  /// The history of the host that was chosen; nil where it is not known.
  private(set) var history: ServerHistory?

  /// The reason why no host was chosen.
  private(set) var failure = ServerError.silence(for: PostgresLimits.connecting)

  /// A choice among no hosts so far.
  init(_ latest: LatestHistory) { self.latest = latest }

  /// Considers a host that takes writes; `history` is nil where it is not known.
  mutating func add(_ candidate: PostgresConnection, _ history: ServerHistory?) {
    if let history, !latest.accepts(history) {
      failure = ServerError(code: nil, text: ServerError.replaced)
      return
    }
    if connection == nil || history.map({ self.history?.isBefore($0) ?? false }) == true {
      (connection, self.history) = (candidate, history)
    }
  }

  /// Notes that a host takes no connection.
  mutating func add(_ failure: ServerError) { self.failure = failure }
}
