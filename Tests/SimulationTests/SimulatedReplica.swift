import FXCore

/// One replica of a simulated world: what a process has in memory.
struct SimulatedReplica: Sendable {
  let name: String

  /// The number of the process: queued items of an earlier one are void.
  var life = 0

  /// The end of a kill or a freeze; nil while it runs.
  var downUntil: Timestamp?
  var frozenUntil: Timestamp?

  var watch = LeaseWatch()
  var latestContact = Timestamp(milliseconds: 0)

  /// The lease and the end of the time in which it is relied on; nil for a standby.
  var lease: ReplicaLease?
  var trustEnd = Duration.zero

  /// True while it is not known if the latest transaction was committed.
  var isInDoubt = false

  var engine: Engine?
  var wake: Timestamp?

  /// The events that are not committed yet, oldest first, each with its instant.
  var pending: [(event: Event, at: Timestamp)] = []

  /// The decision that was committed just before the process was frozen.
  var interrupted: Decision?

  /// The newest event that it has ever seen.
  var latestEvent: Int64 = 0

  /// A replica that has just started.
  init(_ name: String) { self.name = name }

  /// True if it runs at an instant.
  func runs(at now: Timestamp) -> Bool {
    downUntil.map { $0 <= now } ?? true && frozenUntil.map { $0 <= now } ?? true
  }

  /// Forgets everything, as a process that was killed.
  mutating func restart() {
    let next = life + 1
    self = SimulatedReplica(name)
    life = next
  }

  /// Is a standby again.
  mutating func stepDown() {
    lease = nil
    engine = nil
    wake = nil
    isInDoubt = false
    pending = []
    interrupted = nil
    watch.forget()
    life += 1
  }
}
