import FXCore

extension LeaseRecord {
  /// Reads the result of `ReplicaLease.current`.
  init(_ rows: PostgresRows) throws {
    let record = try rows.first { row in
      LeaseRecord(
        epoch: try row.integer("epoch"), nonce: try row.text("nonce"),
        commits: try row.integer("commits"), holder: try row.optionalText("holder"),
        isExpired: try row.flag("expired"))
    }
    guard let record else { throw UnreadableValue("lease") }
    self = record
  }
}
