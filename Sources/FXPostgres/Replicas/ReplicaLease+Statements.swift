import FXCore
import FXSystem

/// The statements by which the lease is taken, renewed, read and given back, in the row of `lease`.
extension ReplicaLease {
  /// The first statement of each transaction of the holder.
  var fence: PostgresStatement {
    PostgresStatement(
      "SELECT fxwatch.fence(0, $1, $2, $3, \(Self.term.milliseconds)) AS commands",
      .integer(epoch), .text(nonce), .integer(commits))
  }

  /// Ends a transaction that has only renewed the lease.
  static let isRenewal = PostgresStatement(
    "UPDATE fxwatch.lease SET renewals = renewals + 1 WHERE cell = 0")

  /// Reads the lease as it is stored.
  static let current = PostgresStatement(
    """
    SELECT epoch, nonce, commits, holder, (expires < clock_timestamp())::int AS expired
    FROM fxwatch.lease WHERE cell = 0
    """)

  /// Returns a new text that no other lease has.
  static func newNonce() -> String { String(UInt64.random(in: .min ... .max), radix: 16) }

  /// Takes the lease: where it is free or its term is over, or in any case if `forced`.
  static func take(by holder: String, nonce: String, forced: Bool = false) -> [PostgresStatement] {
    [
      PostgresStatement("BEGIN"),
      // A frozen holder may have left a transaction open, whose locks would be in the way.
      PostgresStatement(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
          AND backend_xid IS NOT NULL AND wait_event = 'ClientRead'
          AND state_change < clock_timestamp() - interval '3 seconds'
        """),
      PostgresStatement("SELECT set_config('lock_timeout', '3s', true)"),
      PostgresStatement(
        """
        UPDATE fxwatch.lease SET epoch = epoch + 1, nonce = $1, holder = $2, commits = commits + 1,
          expires = clock_timestamp() + \(term.milliseconds) * interval '1 millisecond'
        WHERE cell = 0 AND ($3 = 1 OR holder IS NULL OR expires < clock_timestamp())
        RETURNING epoch, commits
        """, .text(nonce), .text(holder), .integer(forced ? 1 : 0)),
      PostgresStatement("COMMIT"),
    ]
  }

  /// Reads the result of `take`; nil if another replica holds the lease.
  static func taken(_ results: [PostgresRows], nonce: String) throws -> ReplicaLease? {
    try results[3].first { row in
      ReplicaLease(
        epoch: try row.integer("epoch"), nonce: nonce, commits: try row.integer("commits"))
    }
  }

  /// Gives the lease back, so that another replica takes it at once.
  var release: PostgresStatement {
    PostgresStatement(
      """
      UPDATE fxwatch.lease SET holder = NULL, expires = '-infinity', commits = commits + 1
      WHERE cell = 0 AND epoch = $1 AND nonce = $2
      """, .integer(epoch), .text(nonce))
  }
}
