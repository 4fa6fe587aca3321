import FXCore

/// The place of a server in the history of its database: a promoted standby begins a new timeline.
package struct ServerHistory: Hashable, Sendable {
  /// The identifier that a server has in common with its standbys.
  let system: String

  /// The number of the timeline; 0 for a standby.
  let timeline: Int64

  /// Selects the history of the server; needs no privilege.
  static let query = PostgresStatement(
    """
    SELECT system_identifier::text AS system, CASE WHEN pg_is_in_recovery() THEN 0 ELSE
      ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END AS timeline
    FROM pg_control_system()
    """)

  /// A place in a history.
  package init(system: String, timeline: Int64) {
    self.system = system
    self.timeline = timeline
  }

  /// The history in the results of the query.
  init?(_ results: [PostgresRows]) {
    let row = try? results.first?.first { (try $0.text("system"), try $0.integer("timeline")) }
    guard let row = row.flatMap(\.self) else { return nil }
    (system, timeline) = row
  }

  /// True if the other server of the same database was promoted after this one was its primary.
  func isBefore(_ other: ServerHistory) -> Bool {
    system == other.system && timeline < other.timeline
  }
}
