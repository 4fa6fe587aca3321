/// The row of the lease as another replica sees it.
struct LeaseRecord: Hashable, Sendable {
  let epoch: Int64
  let nonce: String
  let commits: Int64
  let holder: String?

  /// True if its term is over by the server's clock.
  let isExpired: Bool

  /// Reads the result of `Lease.current`.
  init(_ rows: PostgresRows) throws {
    let record = try rows.first { row in
      (
        try row.integer("epoch"), try row.text("nonce"), try row.integer("commits"),
        try row.optionalText("holder"), try row.flag("expired")
      )
    }
    guard let record else { throw UnreadableColumn("lease") }
    (epoch, nonce, commits, holder, isExpired) = record
  }
}
