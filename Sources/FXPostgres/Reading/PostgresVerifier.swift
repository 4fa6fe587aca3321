import FXCore

/// Reads every value of the database, and compares the checksums; what fxwatch does not write is a finding.
struct PostgresVerifier {
  private let session: PostgresSession

  /// The result so far.
  private(set) var result = StoreVerification()

  /// The number of series whose observations are read at once.
  private static let portion = 100

  /// A verification that has not begun.
  init(_ session: PostgresSession) { self.session = session }

  /// Verifies everything; `progress` is called with the percentage that is done.
  mutating func run(progress: (Int) -> Void) throws {
    progress(0)
    let tables = Self.tables
    for (done, table) in tables.enumerated() {
      try verify(table)
      progress(done * 40 / tables.count)
    }
    let series = try session.read(PostgresStatement("\(Listing.all) ORDER BY s.id"))
    let listings = try series.map { try Listing($0) }
    for start in stride(from: 0, to: listings.count, by: Self.portion) {
      let portion = Array(listings[start..<min(start + Self.portion, listings.count)])
      try verify(Self.observations(of: portion))
      progress(40 + (start + portion.count) * 50 / listings.count)
    }
    try verifySums()
    progress(100)
  }

  /// A table with its query; `read` reads every column of a row, and returns false if the row could have a
  /// checksum and has none.
  private struct Table {
    let name: String
    let statement: PostgresStatement
    let read: (PostgresRow) throws -> Bool

    init(
      _ name: String, _ statement: PostgresStatement, _ read: @escaping (PostgresRow) throws -> Bool
    ) {
      self.name = name
      self.statement = statement
      self.read = read
    }
  }

  /// Every table but that of observations.
  private static var tables: [Table] {
    [
      Table("source_state", StateQueries.sources) { row in
        _ = try SourceState(row)
        return true
      },
      Table("alert_state", StateQueries.alerts(active: false)) { row in
        _ = (try AlertKey(row), try AlertState(row))
        return true
      },
      Table("latest_alert", StateQueries.bases) { row in
        _ = (try AlertKey(row), try AlertBasis(row))
        return true
      },
      Table("alert", AlertQueries.alerts(all: true)) { row in
        _ = try AlertRecord(row)
        return try row.checksum("checksum") != nil
      },
      Table("event", PostgresStatement("SELECT * FROM fxwatch.reported")) { row in
        _ = try Notification(parsing: row)
        return try row.checksum("checksum") != nil
      },
      Table("delivery", EventQueries.deliveries(nil, ofEvent: nil)) { row in
        _ = try DeliveryRecord(row)
        return true
      },
      Table(
        "publication",
        PostgresStatement(
          """
          SELECT \(Publication.columns), headlines, headlines_checksum
          FROM fxwatch.publication JOIN fxwatch.source ON source.id = source_id
          """)
      ) { row in
        _ = try Publication(row)
        return try row.checksum("checksum") != nil
      },
      Table("silence", StateQueries.suppressions(at: nil)[0]) { row in
        _ = try Silence(row)
        return true
      },
      Table("acknowledgement", StateQueries.suppressions(at: nil)[1]) { row in
        _ = try Acknowledgement(row)
        return true
      },
    ]
  }

  private static func observations(of portion: [Listing]) -> Table {
    let listings = Dictionary(portion.map { ($0.seriesID, $0) }) { first, _ in first }
    return Table(
      "observation",
      PostgresStatement(
        """
        SELECT s.id, \(StoredObservation.columns)
        FROM fxwatch.observation o JOIN fxwatch.series s ON s.id = o.series_id
        LEFT JOIN fxwatch.publication p
          ON p.source_id = s.source_id AND p.number = o.publication
        WHERE s.id = ANY ($1)
        """, .integers(portion.map(\.seriesID)))
    ) { row in
      guard let listing = listings[try row.integer("id")] else { throw UnreadableValue("id") }
      _ = try StoredObservation(row, of: listing).parsedSuspicion
      return try row.optionalInteger("checksum") != nil
    }
  }

  /// Compares the sum of the checksums of each publication's observations.
  private mutating func verifySums() throws {
    let damaged = try session.read(
      PostgresStatement(
        """
        SELECT name, number FROM fxwatch.publication
        JOIN fxwatch.source ON source.id = source_id
        LEFT JOIN (
          SELECT s.source_id, o.publication, sum(o.checksum) AS sum
          FROM fxwatch.observation o JOIN fxwatch.series s ON s.id = o.series_id
          GROUP BY s.source_id, o.publication) found
          ON found.source_id = publication.source_id AND found.publication = number
        WHERE observations_checksum <> coalesce(found.sum, 0) ORDER BY name, number
        """)
    ).map {
      DamagedRow.publication(try $0.integer("number"), of: SourceName(try $0.text("name")))
    }
    for row in damaged { result.add(row.found) }
  }

  private mutating func verify(_ table: Table) throws {
    let rows = try session.read(table.statement)
    for index in 0..<rows.count {
      do {
        if try !table.read(PostgresRow(rows: rows, index: index)) { result.unchecked += 1 }
      } catch let damaged as DamagedRow {
        result.add(damaged.found)
      } catch {
        let column = (error as? UnreadableValue)?.column.map { "\($0)" } ?? "the row"
        result.add(
          .init(
            table: table.name, key: "row \(index + 1)",
            problem: "\(column) is not a value that fxwatch writes"))
      }
    }
    result.rows += rows.count
  }
}
