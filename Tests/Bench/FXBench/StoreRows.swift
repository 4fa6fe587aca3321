import CBench
import FXCore
import FXStore
import FXSystem
import Foundation

/// Measures writing and querying the history.
enum StoreRows {
  /// The publications of the large history, and the series of each.
  static let publications = 10_000
  static let series = 1000

  /// Publications of 100 and of 10 000 rates, each committed to the disk.
  static func append(_ environment: Environment) async throws -> [Result] {
    try await append(100, transactions: 200, environment)
      + append(10_000, transactions: 8, environment)
  }

  private static func append(
    _ rows: Int, transactions: Int, _ environment: Environment
  ) async throws -> [Result] {
    var rates: [Double] = []
    var bare: [Double] = []
    var bytes = 0.0
    let lines = try lines(rows)
    for _ in 0..<3 {
      let folder = try environment.folder("append")
      bare.append(bench_sqlite_append(folder + "/bare.db", Int32(transactions), Int32(rows)))
      let path = SQLiteStoreOpener(stateDirectory: folder).path
      let store = try SQLiteStore(path: path, lane: Lane(label: "store"))
      // Numbers the series before the measurement.
      try await store.apply(try changeset(0 + 1, lines))
      var took = 0.0
      for number in 2...(transactions + 1) {
        let changeset = try changeset(Int64(number), lines)
        let start = bench_now()
        try await store.apply(changeset)
        took += bench_now() - start
      }
      rates.append(Double(transactions * rows) / took)
      try await store.close()
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      bytes = Double(size) / Double((transactions + 1) * rows)
    }
    return [
      Result(
        name: "append, \(rows) rows a transaction", goal: .ofBaseline(0.7), value: rates.median,
        unit: "rows/s", baseline: bare.median),
      Result(
        name: "bytes a row, \(rows) rows a transaction", goal: .atMost(40), value: bytes,
        unit: "bytes"),
    ]
  }

  /// Returns this many series of one source.
  static func lines(_ count: Int) throws -> [Series] {
    try (0..<count).map { index in
      guard let base = Currency(ReaderRows.code(index)), let quote = Currency("USD") else {
        throw BenchFailure("invalid currency code")
      }
      return Series(
        source: SourceName("bank"), pair: CurrencyPair(base: base, quote: quote), side: .mid)
    }
  }

  /// Returns a publication with a rate of each series.
  static func changeset(_ number: Int64, _ lines: [Series]) throws -> Changeset {
    let instant = Timestamp(seconds: number * 86_400)
    var changeset = Changeset()
    changeset.publication = Publication(
      number: number, source: SourceName("bank"), valueDate: instant.day, firstSeen: instant,
      lastSeen: instant, bodyHash: "00000000000000000000000000000000", headlines: [])
    for (index, line) in lines.enumerated() {
      guard
        let printed = ExactDecimal(
          coefficient: 10_000 + (number * 7 + Int64(index)) % 9000, scale: 5),
        let rate = Rate(printed: printed)
      else { throw BenchFailure("invalid rate") }
      changeset.observations.append(
        ObservationRecord(
          series: line,
          point: SeriesPoint(
            rate: rate, valueDate: instant.day, firstSeen: instant, publication: number, version: 1
          ),
          publishedChange: nil, scale: 5))
    }
    return changeset
  }

  /// Lookups in ten million rows, and the start time of the daemon with them.
  static func lookup(_ environment: Environment) async throws -> [Result] {
    let folder = try environment.folder("lookup")
    let path = SQLiteStoreOpener(stateDirectory: folder).path
    let made = try SQLiteStore(path: path, lane: Lane(label: "store"))
    try await made.close()
    let today = SystemClock().now().day
    let rows = bench_sqlite_fill(
      path, Int32(series), Int32(publications), Int64(today.daysSinceEpoch))
    guard rows == Int64(series * publications) else {
      throw BenchFailure("the large history could not be created: \(rows) rows")
    }
    let reader = try SQLiteHistory(path: path)
    var latest: [Double] = []
    var asOf: [Double] = []
    var window: [Double] = []
    var bareLatest: [Double] = []
    var bareAsOf: [Double] = []
    for round in 0..<9 {
      bareLatest.append(
        1e6 * bench_sqlite_lookup(path, Int32(series), Int32(publications), 1000, false))
      bareAsOf.append(
        1e6 * bench_sqlite_lookup(path, Int32(series), Int32(publications), 1000, true))
      latest.append(try lookup(reader, asOf: nil))
      let day = today.advanced(by: -(1 + round * 1009))
      asOf.append(
        try lookup(reader, asOf: Timestamp(seconds: Int64(day.daysSinceEpoch) * 86_400)))
      for index in 0..<20 {
        guard let pair = CurrencyPair(ReaderRows.code(index * 47 + round) + "/USD") else {
          throw BenchFailure("invalid currency code")
        }
        let day = today.advanced(by: -(index * 431 + round))
        var query = HistoryQuery(pair: pair)
        query.since = day.advanced(by: -30)
        query.until = day
        let start = bench_now()
        guard try reader.history(query).count > 25 else {
          throw BenchFailure("publications are missing")
        }
        window.append(1e3 * (bench_now() - start))
      }
    }
    return [
      Result(
        name: "latest lookup in \(rows) rows", goal: .timesBaseline(1.5), value: latest.median,
        unit: "µs", baseline: bareLatest.median),
      Result(
        name: "as-of lookup in \(rows) rows", goal: .timesBaseline(1.5), value: asOf.median,
        unit: "µs", baseline: bareAsOf.median),
      Result(
        name: "query of 30 days, p99", goal: .atMost(1), value: window.quantile(0.99), unit: "ms"),
    ] + (try DaemonRows.history(environment, state: folder, series: series, rows: Int(rows)))
  }

  /// Returns the microseconds per series of a lookup of all series.
  private static func lookup(_ reader: SQLiteHistory, asOf: Timestamp?) throws -> Double {
    let start = bench_now()
    let found = try reader.rates(asOf: asOf).count
    guard found == series else {
      throw BenchFailure("found \(found) of \(series) series")
    }
    return 1e6 * (bench_now() - start) / Double(found)
  }
}
