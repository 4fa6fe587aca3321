/// The slots of concurrent transfers from sources, shared so that a slow server delays only itself.
///
/// A transfer belongs to a class, by its source's cadence and by its pace: the time that the last poll
/// took or, if that is more, this one so far. Each class has slots of its own, and takes more from a
/// common pool. A transfer that takes longer moves to the class of slower ones, so a source whose
/// server answers quickly waits only for others of its cadence that do so, too.
struct FetchSlots {
  /// The number of transfers of each class, and of each server.
  private var classes: [Class: Int] = [:]
  private var servers: [String: Server] = [:]

  /// The free slots in all, and those of the common pool.
  private var free = SourceLimits.transfers
  private var pool = SourceLimits.pooledTransfers

  private struct Class: Hashable {
    let cadence: Int
    let pace: Pace
  }

  private enum Pace: Hashable {
    /// The first poll, as long as it is not slow.
    case unknown
    case quick
    case slow
    case verySlow

    var isSlow: Bool { self == .slow || self == .verySlow }
  }

  private struct Server {
    var transfers = 0

    /// Those that are slow.
    var slow = 0

    func hasSlot(isSlow: Bool) -> Bool {
      guard transfers < SourceLimits.transfersPerServer else { return false }
      return isSlow
        ? slow < SourceLimits.slowTransfersPerServer
        : transfers - slow < SourceLimits.quickTransfersPerServer
    }
  }

  /// The slots that the current transfers leave.
  init(beside fetching: [TrackedSource], at now: Timestamp) {
    for source in fetching { add(source, at: now) }
  }

  /// Takes a slot for a source that is due; returns false where it has to wait.
  mutating func take(for source: TrackedSource, at now: Timestamp) -> Bool {
    let kind = Self.kind(of: source, at: now)
    guard free > 0, pool > 0 || classes[kind, default: 0] < SourceLimits.transfersPerClass,
      servers[source.planned.server]?.hasSlot(isSlow: kind.pace.isSlow) ?? true
    else { return false }
    add(source, at: now)
    return true
  }

  private mutating func add(_ source: TrackedSource, at now: Timestamp) {
    let kind = Self.kind(of: source, at: now)
    free -= 1
    classes[kind, default: 0] += 1
    if classes[kind, default: 0] > SourceLimits.transfersPerClass { pool -= 1 }
    servers[source.planned.server, default: Server()].transfers += 1
    if kind.pace.isSlow { servers[source.planned.server, default: Server()].slow += 1 }
  }

  private static func kind(of source: TrackedSource, at now: Timestamp) -> Class {
    Class(cadence: cadence(of: source.planned), pace: pace(of: source.transfer, at: now))
  }

  private static func pace(of transfer: SourceTransfer, at now: Timestamp) -> Pace {
    switch SourceLimits.paces.count(where: { $0 <= transfer.duration(at: now) }) {
    case 0: transfer.lastDuration == nil ? .unknown : .quick
    case 1: .slow
    default: .verySlow
    }
  }

  /// Returns the number of a source's cadence.
  static func cadence(of source: PlannedSource) -> Int {
    guard case .interval(let every) = source.schedule else { return SourceLimits.cadences.count }
    return SourceLimits.cadences.count { $0 <= every }
  }

  /// Returns the next time at which a transfer moves to the class of slower ones; nil where it is in
  /// the last one.
  static func nextMove(of source: TrackedSource, after now: Timestamp) -> Timestamp? {
    guard let start = source.transfer.start else { return nil }
    return SourceLimits.paces.lazy.map { start + $0 }.first { $0 > now }
  }
}
