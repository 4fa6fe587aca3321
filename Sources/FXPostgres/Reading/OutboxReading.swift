import FXCore

/// The reading of open deliveries of a notifier, never more of them than fit in memory.
///
/// It is carried out in steps: each has a statement, whose result is taken.
struct OutboxReading {
  /// The number of rows read at once.
  private static let portion = 256

  private enum Stage {
    case all
    case count
    case scan(after: Int64)
    case entries
    case complete
  }

  private let query: OutboxQuery
  private var scan: OutboxScan
  private var stage = Stage.all
  private var count = 0
  private var entries: [OutboxEntry] = []

  /// A reading that has not begun.
  init(_ query: OutboxQuery) {
    self.query = query
    scan = OutboxScan(query)
  }

  private static let tables =
    "FROM fxwatch.delivery JOIN fxwatch.event ON sequence = event_sequence"

  /// The next statement; nil once the reading is complete.
  var statement: PostgresStatement? {
    switch stage {
    case .all:
      PostgresStatement(
        """
        SELECT \(OutboxEntry.columns) \(Self.tables)
        WHERE state = 'open' AND notifier = $1 ORDER BY event_sequence
        LIMIT \(DeliveryLimits.entriesWhileFailing + 1)
        """, .text(query.notifier))
    case .count:
      PostgresStatement(
        "SELECT count(*) AS count FROM fxwatch.delivery WHERE state = 'open' AND notifier = $1",
        .text(query.notifier))
    case .scan(let last):
      PostgresStatement(
        """
        SELECT event_sequence, lane, opened, due, urgency \(Self.tables)
        WHERE state = 'open' AND notifier = $1 AND event_sequence > $2
        ORDER BY event_sequence LIMIT \(Self.portion)
        """, .text(query.notifier), .integer(last))
    case .entries:
      PostgresStatement(
        """
        SELECT \(OutboxEntry.columns) \(Self.tables)
        WHERE event_sequence = ANY ($1) AND notifier = $2
        """, .integers(chosen), .text(query.notifier))
    case .complete: nil
    }
  }

  /// Takes the result of the statement.
  mutating func take(_ rows: PostgresRows) throws {
    switch stage {
    case .all:
      entries = try rows.map(OutboxEntry.init)
      count = entries.count
      stage = count <= DeliveryLimits.entriesWhileFailing ? .complete : .count
    case .count:
      count = try rows.first { try $0.count("count") } ?? 0
      entries = []
      stage = .scan(after: .min)
    case .scan:
      let portion = try rows.map(OutboxScan.Row.init)
      for row in portion where !scan.isComplete { scan.add(row) }
      stage =
        scan.isComplete || portion.count < Self.portion
        ? .entries : .scan(after: portion.last?.sequence ?? .max)
    case .entries:
      entries = try rows.map(OutboxEntry.init)
      stage = .complete
    case .complete: break
    }
  }

  /// The sequences that the scan has chosen.
  private var chosen: [Int64] {
    var sequences: [Int64] = []
    _ = scan.page(count: count) { sequence in
      sequences.append(sequence)
      return nil
    }
    return sequences
  }

  /// The page, once the reading is complete.
  var page: OutboxPage {
    get throws {
      if count <= DeliveryLimits.entriesWhileFailing {
        return OutboxPage(count: count, entries: entries)
      }
      let entries = Dictionary(entries.map { ($0.sequence, $0) }) { first, _ in first }
      return scan.page(count: count) { entries[$0] }
    }
  }
}

extension OutboxEntry {
  /// The columns of an open delivery, of `delivery` and `event`.
  static let columns = """
    event_sequence, id, notifier, lane, opened, attempts, due, urgency, summary
    """
}
