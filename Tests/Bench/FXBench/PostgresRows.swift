import CBench
import FXCore
import FXPostgres
import FXSystem
import Foundation

/// Measures fxwatch with a PostgreSQL database on loopback, and the same commits in plain libpq.
enum PostgresRows {
  static func all(_ environment: Environment) async throws -> [Result] {
    let server = try BenchServer(environment)
    return try await append(5, transactions: 300, server)
      + append(10_000, transactions: 8, server)
      + DaemonRows.onPostgres(environment, server)
      + [try await start(environment, server)]
  }

  /// Publications of so many rates, one transaction each.
  private static func append(
    _ rows: Int, transactions: Int, _ server: BenchServer
  ) async throws -> [Result] {
    var rates: [Double] = []
    var bare: [Double] = []
    let lines = try StoreRows.lines(rows)
    for _ in 0..<3 {
      let database = try server.newDatabase()
      bare.append(bench_postgres_append(database, Int32(transactions), Int32(rows)))
      let store = try await opener(database).openForEngine()
      // Numbers the series before the measurement.
      try await store.apply(try StoreRows.changeset(1, lines))
      var took = 0.0
      for number in 2...(transactions + 1) {
        let changeset = try StoreRows.changeset(Int64(number), lines)
        let start = bench_now()
        try await store.apply(changeset)
        took += bench_now() - start
      }
      rates.append(Double(transactions * rows) / took)
    }
    guard bare.allSatisfy({ $0 > 0 }) else { throw BenchFailure("plain libpq cannot append") }
    return [
      Result(
        name: "postgresql: append, \(rows) rows a transaction", goal: .ofBaseline(0.3),
        value: rates.median, unit: "rows/s", baseline: bare.median)
    ]
  }

  private static func opener(_ database: String) throws -> PostgresStoreOpener {
    PostgresStoreOpener(try PostgresTarget(database, password: nil), replica: "bench")
  }

  /// The time from the start of the process until the replica is active, with ten million rows.
  private static func start(
    _ environment: Environment, _ server: BenchServer
  ) async throws -> Result {
    let database = try server.newDatabase()
    // Held for a moment only: as a replica it would be in the way.
    _ = try await opener(database).openForEngine()
    let today = SystemClock().now().day
    try server.run(
      fill(newest: Int64(today.daysSinceEpoch)), in: database)
    let config = """
      state: \(try environment.folder("postgresql-start"))
      store: {postgresql: "\(database)"}
      sources:
        bank:
          {url: "http://127.0.0.1:9/", allow_private: true, format: csv, every: 15m, base: code,
           quote: USD, rate: rate}
      rules: {moved: {when: abs(change) > 1%}}
      notifiers: {console: {type: stdout}}

      """
    let file = environment.file("postgresql.yaml")
    try config.write(toFile: file, atomically: true, encoding: .utf8)
    var starts: [Double] = []
    for round in 0..<5 {
      let log = environment.file("postgresql-\(round).log")
      var took = 0.0
      let began = bench_now()
      let pid = bench_daemon_start(environment.program, file, log, &took)
      guard pid > 0 else { throw BenchFailure("the daemon did not start with a large history") }
      defer { bench_daemon_stop(pid) }
      guard bench_wait_for_text(log, "this replica is active", 60) else {
        throw BenchFailure("the replica is not active")
      }
      starts.append(1e3 * (bench_now() - began))
    }
    let rows = StoreRows.series * StoreRows.publications
    return Result(
      name: "postgresql: start to active with \(rows) rows", goal: .atMost(400),
      value: starts.median, unit: "ms")
  }

  /// Writes the history that `bench_sqlite_fill` writes, one publication a day, and frees the lease.
  private static func fill(newest: Int64) -> String {
    let (series, publications) = (StoreRows.series, StoreRows.publications)
    let codes = (0..<series).map { "('\(ReaderRows.code($0))', \($0 + 1))" }
    return """
      SET synchronous_commit = off;
      INSERT INTO fxwatch.source (id, name) VALUES (1, 'bank');
      INSERT INTO fxwatch.publication
        (source_id, number, value_date, first_seen, last_seen, body_hash)
      SELECT 1, p, day, day * 86400000, day * 86400000, '00000000000000000000000000000000'
      FROM generate_series(1, \(publications)) p,
        LATERAL (SELECT \(newest - Int64(publications))::bigint + p) d(day);
      INSERT INTO fxwatch.series (id, source_id, base, quote, side, scale, listed)
      SELECT id, 1, code, 'USD', 'mid', 5, 1
      FROM (VALUES \(codes.joined(separator: ", "))) codes(code, id);
      INSERT INTO fxwatch.observation
        (series_id, publication, coefficient, scale, nominal, version)
      SELECT s, p, 10000 + (p * 7 + s) % 9000, 5, 1, 1
      FROM generate_series(1, \(series)) s, generate_series(1, \(publications)) p;
      UPDATE fxwatch.lease SET holder = NULL, expires = '-infinity';
      ANALYZE;
      """
  }
}
