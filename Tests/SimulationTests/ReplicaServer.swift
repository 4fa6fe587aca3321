import FXCore
import InMemoryStore

/// A server whose store several replicas share: the tables, the lease beside them, and the past to which
/// a failover may set both back.
struct ReplicaServer: Sendable {
  /// The result of a call across a network.
  enum Answer<Value> {
    case answered(Value)
    /// No answer came; it may have happened.
    case unknown
  }

  /// The part of a call that the network loses.
  enum Loss: Sendable {
    case request
    case answer
  }

  /// A transaction of a holder that names another one before it, or has no lease.
  struct Fenced: Error {}

  /// One committed transaction.
  struct Commit: Hashable, Sendable {
    let epoch: Int64
    let nonce: String
    let number: Int64
    let at: Timestamp
  }

  private struct State: Sendable {
    var tables = StoreModel()
    var epoch: Int64 = 0
    var nonce = ""
    var holder: String?
    var commits: Int64 = 0
    var expires = Timestamp(milliseconds: 0)
    var log: [Commit] = []
  }

  /// The transactions that a failover may lose.
  private static let kept = 40

  private var state = State()
  private var past: [State] = []

  /// True if a failover may lose transactions; the past is copied at each of them then.
  var keepsPast = false

  /// The number of failovers that lost transactions.
  private(set) var rewinds = 0

  var tables: StoreModel { state.tables }
  var log: [Commit] { state.log }
  var nonce: String { state.nonce }

  /// Returns the lease as a replica reads it.
  func lease(at now: Timestamp) -> LeaseRecord {
    LeaseRecord(
      epoch: state.epoch, nonce: state.nonce, commits: state.commits, holder: state.holder,
      isExpired: state.expires < now)
  }

  /// Takes the lease where its term is over; returns nil where it is not.
  mutating func take(by holder: String, nonce: String, at now: Timestamp) -> ReplicaLease? {
    guard state.holder == nil || state.expires < now else { return nil }
    keep()
    state.epoch += 1
    state.nonce = nonce
    state.holder = holder
    commit(at: now)
    return ReplicaLease(epoch: state.epoch, nonce: nonce, commits: state.commits)
  }

  /// Gives a lease back.
  mutating func release(_ lease: ReplicaLease) {
    guard lease.nonce == state.nonce else { return }
    keep()
    state.holder = nil
    state.commits += 1
  }

  /// Commits a changeset of the holder of a lease, and renews the lease.
  mutating func apply(
    _ changeset: Changeset, _ lease: ReplicaLease, at now: Timestamp
  ) throws {
    guard lease.nonce == state.nonce, lease.commits == state.commits else { throw Fenced() }
    keep()
    try state.tables.apply(changeset)
    commit(at: now)
  }

  private mutating func commit(at now: Timestamp) {
    state.commits += 1
    state.expires = now + ReplicaLease.term
    state.log.append(
      Commit(epoch: state.epoch, nonce: state.nonce, number: state.commits, at: now))
  }

  private mutating func keep() {
    guard keepsPast else { return }
    past.append(state)
    if past.count > Self.kept { past.removeFirst() }
  }

  /// Loses the latest transactions, as the promotion of an asynchronous standby does.
  mutating func rewind(by count: Int) {
    guard past.count >= count, count > 0 else { return }
    state = past[past.count - count]
    past.removeLast(count)
    rewinds += 1
  }
}
