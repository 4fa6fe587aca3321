/// Chooses the deliveries of an `OutboxPage` while a store reads the open ones in the order of events.
///
/// An entry that waits for a later attempt, and one that has expired, keeps back the newer ones of its
/// ordering key. Of the others the most severe are chosen, where an entry counts as severe as the least
/// severe one before it in its ordering key, which has to be delivered first.
///
/// Memory: a number for each chosen entry, and the ordering keys of those that were read.
package struct OutboxScan {
  /// One open delivery.
  package struct Row {
    package let sequence: Int64
    package let orderingKey: String
    package let opened: Timestamp
    package let due: Timestamp
    package let severity: Severity

    /// An open delivery.
    package init(
      sequence: Int64, orderingKey: String, opened: Timestamp, due: Timestamp, severity: Severity
    ) {
      self.sequence = sequence
      self.orderingKey = orderingKey
      self.opened = opened
      self.due = due
      self.severity = severity
    }
  }

  private let query: OutboxQuery
  private var rowCount = 0

  /// The ordering keys of entries that keep back newer ones.
  private var blocked: Set<String> = []

  /// The least severity so far of each ordering key that is not blocked.
  private var severities: [String: Severity] = [:]

  /// The sequences that can be attempted, by the severity that counts; `limit` of each at most.
  private var chosen: [Severity: [Int64]] = [:]

  /// The oldest expired entries, and the number of all.
  private var oldestExpired: [Int64] = []
  private var expiredCount = 0

  /// The earliest time at which another entry can be attempted.
  private var nextDue: Timestamp?

  /// A scan that has read nothing.
  package init(_ query: OutboxQuery) { self.query = query }

  private var reportsExpired: Bool { expiredCount >= query.expiredReportedFrom }

  /// True if no further entry has to be read.
  package var isComplete: Bool {
    if reportsExpired { return false }
    return chosen[.critical, default: []].count >= query.limit
      || query.lookahead > 1 && rowCount >= query.lookahead && !chosen.isEmpty
  }

  /// Adds the next entry.
  package mutating func add(_ row: Row) {
    rowCount += 1
    let isDigest = row.orderingKey.hasPrefix(OutboxEntry.digestKey)
    if !isDigest, row.opened <= query.expiredUntil {
      expiredCount += 1
      if oldestExpired.count < DeliveryLimits.eventsPerDigest { oldestExpired.append(row.sequence) }
      blocked.insert(row.orderingKey)
    } else if !blocked.contains(row.orderingKey) {
      if row.due > query.now {
        nextDue = min(nextDue ?? row.due, row.due)
        blocked.insert(row.orderingKey)
      } else {
        choose(row)
      }
    }
  }

  private mutating func choose(_ row: Row) {
    // Where the oldest are chosen, no severity counts.
    let own = query.lookahead > 1 ? row.severity : .critical
    let severity = min(severities[row.orderingKey] ?? own, own)
    severities[row.orderingKey] = severity
    guard chosen[severity, default: []].count < query.limit else { return }
    chosen[severity, default: []].append(row.sequence)
  }

  /// Returns the page, with the entries that `entry` returns for sequences; `count` is the number of
  /// all open ones.
  package func page(
    count: Int, entry: (Int64) throws -> OutboxEntry?
  ) rethrows -> OutboxPage {
    let mostSevere = Severity.allCases.sorted(by: >).flatMap { chosen[$0] ?? [] }
    let sequences = mostSevere.prefix(query.limit).sorted()
    return OutboxPage(
      count: count, entries: try sequences.compactMap(entry),
      nextDue: chosen.isEmpty ? nextDue : nil,
      expired: reportsExpired ? try oldestExpired.compactMap(entry) : [],
      expiredCount: reportsExpired ? expiredCount : 0)
  }
}
