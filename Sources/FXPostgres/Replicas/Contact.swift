import FXCore

/// The statements of one contact: a replica stores that it runs, and reads which others do.
struct Contact {
  let id: String
  let name: String
  let version: String
  let started: Timestamp

  /// The digest of the config.
  var config: String

  /// Returns the statements; the results are read by `Answer`.
  func statements(isActive: Bool) -> [PostgresStatement] {
    [
      PostgresStatement(
        """
        INSERT INTO fxwatch.config (digest) SELECT $1
        WHERE NOT EXISTS (SELECT 1 FROM fxwatch.config WHERE digest = $1)
        ON CONFLICT (digest) DO NOTHING
        """, .text(config)),
      // What an earlier process of the same name has left behind, if it was killed.
      PostgresStatement(
        """
        DELETE FROM fxwatch.replica
        WHERE name = $1 AND id <> $2 AND seen < clock_timestamp() - interval '10 seconds'
        """, .text(name), .text(id)),
      PostgresStatement(
        """
        INSERT INTO fxwatch.replica (id, name, version, started, seen, config, is_active)
        VALUES ($1, $2, $3, $4, clock_timestamp(), $5, $6 = 1)
        ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, config = excluded.config,
          is_active = excluded.is_active
        """, .text(id), .text(name), .text(version), .integer(started.stored), .text(config),
        .integer(isActive ? 1 : 0)),
      PostgresStatement(
        """
        SELECT id, name, version, started, is_active::int AS is_active, generation,
          greatest(0, extract(epoch FROM clock_timestamp() - seen) * 1000)::bigint AS lag
        FROM fxwatch.replica JOIN fxwatch.config ON digest = config
        WHERE seen > clock_timestamp() - interval '1 day' ORDER BY name, id
        """),
      PostgresStatement("SELECT coalesce(max(sequence), 0) AS latest FROM fxwatch.event"),
      ReplicaLease.current,
    ]
  }

  /// Makes a config the newest, also one that was proposed before, unless it is already.
  var proposal: [PostgresStatement] {
    [
      PostgresStatement("BEGIN"),
      PostgresStatement(
        """
        DELETE FROM fxwatch.config
        WHERE digest = $1 AND generation < (SELECT max(generation) FROM fxwatch.config)
        """, .text(config)),
      PostgresStatement(
        """
        INSERT INTO fxwatch.config (digest) SELECT $1
        WHERE NOT EXISTS (SELECT 1 FROM fxwatch.config WHERE digest = $1)
        ON CONFLICT (digest) DO NOTHING
        """, .text(config)),
      PostgresStatement("COMMIT"),
    ]
  }

  /// Removes what a replica has stored of itself.
  var farewell: PostgresStatement {
    PostgresStatement("DELETE FROM fxwatch.replica WHERE id = $1", .text(id))
  }

  /// Reads the results of the statements.
  func answer(_ results: [PostgresRows]) throws -> ContactAnswer {
    ContactAnswer(
      members: try results[3].map { row in
        let isOwn = try row.text("id") == id
        return ReplicaStatus.Member(
          name: try row.text("name"), isOwn: isOwn, isActive: try row.flag("is_active"),
          version: try row.text("version"), started: try row.instant("started"),
          lag: .milliseconds(try row.count("lag")), generation: try row.integer("generation"))
      },
      latestEvent: try results[4].first { try $0.integer("latest") } ?? 0,
      lease: try LeaseRecord(results[5]))
  }
}
