package import FXCore
import FXSystem
import Glibc
import Synchronization

/// Opens a PostgreSQL database.
package final class PostgresStoreOpener: StoreOpener {
  private let target: PostgresTarget

  /// The name of this replica; nil for that of the machine.
  private let name: String?

  /// The lease that this process holds through `lock`.
  private let held = Mutex<Held?>(nil)

  private struct Held {
    let lease: ReplicaLease
    weak var lock: PostgresLock?
  }

  /// Creates an opener of a database; connects to nothing yet.
  package init(_ target: PostgresTarget, replica name: String? = nil) {
    self.target = target
    self.name = name
  }

  package var location: String { target.location }

  /// Takes the lease, so that no replica becomes active; throws while one is.
  package func lock() throws(StoreProblem) -> any StoreLock {
    let session = PostgresSession(target)
    try Schema.migrate(session)
    let nonce = ReplicaLease.newNonce()
    do {
      let results = try session.run(ReplicaLease.take(by: "import", nonce: nonce))
      guard let lease = try ReplicaLease.taken(results, nonce: nonce) else {
        throw StoreProblem(
          .temporary, "\(location): a replica is active with this database; stop it first")
      }
      let lock = PostgresLock(session, lease)
      held.withLock { $0 = Held(lease: lease, lock: lock) }
      return lock
    } catch {
      throw StoreProblem(error, at: location)
    }
  }

  /// Opens the store of a process that needs no other replica.
  ///
  /// With the lease of `lock`, or with a new one, also if another process has it. The daemon takes part
  /// as a `replica` instead.
  package func openForEngine() async throws(StoreProblem) -> any EngineStore {
    try Schema.migrate(PostgresSession(target))
    let lane: SocketLane
    do throws(SystemError) { lane = try SocketLane(label: "store") } catch {
      throw StoreProblem(.temporary, "\(location): cannot be opened (\(error))")
    }
    let client = PostgresClient(target, lane: lane)
    let trust = TrustedTime()
    let begun = SystemClock().sinceBoot()
    var lease = held.withLock { held in held?.lock == nil ? nil : held?.lease }
    do {
      if let held = lease {
        let record = try LeaseRecord(
          try await client.run([ReplicaLease.current], within: PostgresLimits.reading)[0])
        lease?.commits = record.nonce == held.nonce ? record.commits : held.commits
      } else {
        let nonce = ReplicaLease.newNonce()
        lease = try ReplicaLease.taken(
          try await client.run(
            ReplicaLease.take(by: "single", nonce: nonce, forced: true),
            within: PostgresLimits.reading),
          nonce: nonce)
      }
    } catch {
      throw StoreProblem(error, at: location)
    }
    guard let lease else { throw StoreProblem(.temporary, "\(location): has no lease") }
    trust.renew(begun: begun)
    return PostgresStore(client, lane: lane, lease: lease, trust: trust, location: location)
  }

  package func openForReading() throws(StoreProblem) -> any HistoryReading {
    try PostgresHistory(target)
  }

  package func openForWriting(creating: Bool) throws(StoreProblem) -> any CommandWriting {
    try PostgresCommands(target, creating: creating)
  }

  package func openForCopying(creating: Bool) throws(StoreProblem) -> any TableCopying {
    try PostgresTables(target, creating: creating)
  }

  package func backUp(
    to file: String, progress: (_ percent: Int) -> Void
  ) throws(StoreProblem) {
    throw StoreProblem(
      .permanent,
      "\(location): is backed up with PostgreSQL's own tools; run 'pg_dump --format=custom --schema="
        + "fxwatch --file=FILE DATABASE', or use pg_basebackup")
  }
}

extension PostgresStoreOpener {
  package func warnings() -> [String] {
    let standbys = try? PostgresSession(target).read(
      PostgresStatement("SELECT current_setting('synchronous_standby_names') AS names")
    ).first { try $0.text("names") }
    guard standbys == "" else { return [] }
    return [
      "\(location): no synchronous standby is configured, so that the latest transactions can be lost"
        + " when the server fails; set synchronous_standby_names on the server, or ignore this if its"
        + " disks are replicated"
    ]
  }

  package func replica(version: String) -> (any Replica)? {
    guard let lane = try? SocketLane(label: "store") else { return nil }
    return PostgresReplica(
      target, name: name ?? Self.machine, version: version, lane: lane)
  }

  /// The name of this machine.
  private static var machine: String {
    var bytes = [CChar](repeating: 0, count: 65)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// The lease of a process that is not a replica, given back when it is deallocated.
private final class PostgresLock: StoreLock {
  private let session: PostgresSession
  private let lease: ReplicaLease

  init(_ session: PostgresSession, _ lease: ReplicaLease) {
    self.session = session
    self.lease = lease
  }

  deinit { _ = try? session.run([lease.release], within: PostgresLimits.connecting) }
}
