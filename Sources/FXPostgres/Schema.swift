import FXCore

/// The tables, and the migrations of older databases.
///
/// A migration is frozen once it is released; a change of the tables is one more at the end. The row
/// `schema` of `meta` has the number of those applied.
///
/// Every table of the engine has a column `cell`, or refers to one that has: sources that rules read
/// together, with a lease of their own. There is one cell so far, 0.
enum Schema {
  /// The migrations, oldest first.
  static let migrations = [
    historyAlertsAndOutbox + alertsAndOutbox + replicas, limitsOfAlerts, checksums, armingOfAlerts,
    renewalsOfTheLease,
  ]

  /// The latest version.
  static var version: Int64 { Int64(migrations.count) }

  /// The version of a database; NULL where fxwatch has no table there.
  ///
  /// Two statements: the second one may only be sent if the first finds the table.
  /// Reads the catalog as a table: `to_regclass` locks no table, and so may still answer, after a wait for
  /// the lock of `migrate`, what was true before.
  static let isPresent = PostgresStatement(
    """
    SELECT EXISTS (
      SELECT FROM pg_catalog.pg_class AS class
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE namespace.nspname = 'fxwatch' AND class.relname = 'meta')::int AS present
    """)
  static let storedVersion = PostgresStatement(
    "SELECT value::bigint AS version FROM fxwatch.meta WHERE key = 'schema'")

  /// Creates or upgrades the tables; throws where they are newer than this program.
  static func migrate(_ session: PostgresSession) throws(StoreProblem) {
    guard try version(session) < version else { return }
    try session.transaction {
      // Several daemons may start at once; released at the end of the transaction.
      _ = try session.run([PostgresStatement("SELECT pg_advisory_xact_lock(1718974324)")])
      let stored = try version(session)
      for number in stored..<max(stored, version) {
        _ = try session.run(
          [
            PostgresStatement("DO $migration$ BEGIN \(migrations[Int(number)]) END $migration$"),
            PostgresStatement(
              """
              INSERT INTO fxwatch.meta VALUES ('schema', ($1::bigint)::text)
              ON CONFLICT (key) DO UPDATE SET value = excluded.value
              """, .integer(number + 1)),
          ], within: PostgresLimits.importing)
      }
    }
  }

  /// Returns the version of a database, 0 where fxwatch has no table there; throws where it is newer.
  static func version(_ session: PostgresSession) throws(StoreProblem) -> Int64 {
    do {
      let isPresent = try session.run([Self.isPresent])[0].first { try $0.flag("present") } ?? false
      guard isPresent else { return 0 }
      let stored = try session.run([storedVersion])[0].first { try $0.integer("version") } ?? 0
      guard stored <= version else {
        throw StoreProblem(
          .permanent,
          "\(session.location): was written by a newer fxwatch; run that version, or name another"
            + " database under 'store' in the config")
      }
      return stored
    } catch {
      throw StoreProblem(error, at: session.location)
    }
  }

  /// Throws unless the daemon of this version has run with the database.
  static func requireCurrent(_ session: PostgresSession) throws(StoreProblem) {
    guard try version(session) == version else {
      throw StoreProblem(
        .permanent,
        "\(session.location): no history yet: the daemon of this version has not run with this"
          + " database; start it with 'fxwatch run', or name the right database under 'store' in the"
          + " config")
    }
  }
}
