import FXCore
import GRDB

/// Verifies a database: the structure of the file, references, every value and every checksum.
///
/// Damage is collected, and what can be read behind it is verified, too.
struct StoreVerifier {
  let db: Database

  /// The result so far.
  private(set) var result = StoreVerification()

  /// The largest number of faults of the file's structure that SQLite lists.
  private static let maximumFaults = 100

  /// A verification of the database of a connection.
  init(db: Database) { self.db = db }

  /// Verifies everything; `progress` is called with the percentage that is done.
  mutating func run(progress: (Int) -> Void) throws {
    progress(0)
    try collecting(table: "") { verifier in try verifier.verifyFile() }
    progress(20)
    try collecting(table: "") { verifier in try verifier.verifyReferences() }
    progress(30)
    for table in VerifiedTable.all {
      try collecting(table: table.name) { verifier in
        try verifier.verify(table.query, table.read)
      }
    }
    progress(40)
    try collecting(table: "observation") { verifier in
      try verifier.verifyObservations { progress(40 + $0 * 60 / 100) }
    }
  }

  // MARK: The file

  private mutating func verifyFile() throws {
    let faults = try db.rows("PRAGMA integrity_check(\(Self.maximumFaults))") {
      try $0.text("integrity_check")
    }
    for fault in faults where fault != "ok" {
      result.add(.init(table: "", key: "", problem: SanitizedText.line(fault, limit: 200)))
    }
  }

  private mutating func verifyReferences() throws {
    let faults = try db.rows("PRAGMA foreign_key_check") { row in
      (
        table: try row.text("table"), key: try row.optionalInteger("rowid"),
        parent: try row.text("parent")
      )
    }
    for fault in faults {
      result.add(
        .init(
          table: fault.table, key: fault.key.map { "row \($0)" } ?? "",
          problem: "refers to a row of \(fault.parent) that is missing"))
    }
  }

  // MARK: Rows

  private mutating func verify(_ query: String, _ read: (StoredRow) throws -> Bool) throws {
    var (rows, unchecked) = (0, 0)
    let damage = try db.prepared(query).readAll { row in
      rows += 1
      if try !read(row) { unchecked += 1 }
    }
    result.rows += rows
    result.unchecked += unchecked
    for row in damage { result.add(row.found) }
  }

  /// Verifies the observations of every series, and that those of each publication add up to its
  /// checksum.
  private mutating func verifyObservations(progress: (Int) -> Void) throws {
    let listings = try StateQueries(db: db).listings()
    var done = 0
    for source in try db.rows(
      "SELECT id, name FROM source",
      as: { row in
        (id: try row.integer("id"), name: SourceName(try row.text("name")))
      })
    {
      var sums = try publications(of: source.id, source.name)
      for listing in listings where listing.sourceID == source.id {
        try verify(listing, &sums)
        done += 1
        progress(done * 100 / listings.count)
      }
      for (number, sum) in sums.sorted(by: { $0.key < $1.key }) where sum.expected != sum.found {
        result.add(DamagedRow.publication(number, of: source.name).found)
      }
    }
  }

  /// The checksum of a publication as it is stored, and as it is computed.
  private struct Sum {
    let expected: Checksum
    var found: Checksum
  }

  /// Returns the checksums of the publications of a source, each without observations.
  private mutating func publications(
    of source: Int64, _ name: SourceName
  ) throws -> [Int64: Sum] {
    var sums: [Int64: Sum] = [:]
    var (rows, unchecked) = (0, 0)
    let damage = try db.prepared(
      """
      SELECT number, value_date, first_seen, last_seen, body_hash, headlines, checksum
      FROM publication WHERE source_id = ?
      """
    ).readAll(source) { row in
      rows += 1
      let headlines = try row.headlines()
      let publication = try Publication(row, of: name, headlines: headlines)
      guard let stored = try row.checksum("checksum") else {
        unchecked += 1
        return
      }
      sums[publication.number] = Sum(
        expected: stored, found: publication.checksum + headlines.checksum)
    }
    result.rows += rows
    result.unchecked += unchecked
    for row in damage { result.add(row.of(name).found) }
    return sums
  }

  private mutating func verify(_ listing: Listing, _ sums: inout [Int64: Sum]) throws {
    var (rows, unchecked) = (0, 0)
    let damage = try db.prepared(
      """
      SELECT \(StoredObservation.columns), p.number AS published
      FROM observation o LEFT JOIN publication p ON p.source_id = ? AND p.number = o.publication
      WHERE o.series_id = ?
      """
    ).readAll(listing.sourceID, listing.seriesID) { row in
      rows += 1
      guard try row.optionalInteger("published") != nil else {
        throw DamagedRow(
          table: "observation", key: "publication \(try row.integer("publication"))",
          finding: "its publication is missing")
      }
      let observation = try StoredObservation(row, of: listing.checksum)
      if try row.optionalInteger("checksum") == nil { unchecked += 1 }
      sums[observation.publication]?.found += observation.checksum(of: listing.checksum)
    }
    result.rows += rows
    result.unchecked += unchecked
    for row in damage { result.add(row.of(listing.series).found) }
  }

  /// Does a part of the verification; a part that SQLite cannot read is a finding.
  private mutating func collecting(
    table: String, _ part: (inout StoreVerifier) throws -> Void
  ) throws {
    do {
      try part(&self)
    } catch let error as DamagedRow {
      result.add(error.found)
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      result.add(.init(table: table, key: "", problem: "pages of the file cannot be read"))
    }
  }
}

extension DamagedRow {
  /// Returns the error with the source that the row belongs to.
  fileprivate func of(_ source: SourceName) -> DamagedRow {
    var located = self
    located.key = "source \(SanitizedText.line(source.text, limit: 64)), \(key)"
    return located
  }
}
