import FXCore
import FXSystem

/// The latest rates of series, read from the store on a lane of its own, for charts in mails.
actor RecentRates {
  /// The most rates of a chart.
  private static let count = 30

  private nonisolated let lane = Lane(label: "charts")
  private let store: any StoreOpener

  /// The connection to the store, opened with the first question and kept.
  private var reader: (any HistoryReading)?

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// The rates in a store; opens nothing yet.
  init(in store: any StoreOpener) { self.store = store }

  /// Returns the latest trusted rates of a series that were known at an instant, oldest first; none where
  /// the store cannot be read, because a mail without a chart is better than none.
  func rates(of series: Series, at instant: Timestamp) -> [Rate] {
    var query = HistoryQuery(pair: series.pair)
    (query.source, query.asOf) = (series.source, instant)
    (query.allVersions, query.newest) = (true, Self.count)
    do throws(StoreProblem) {
      if reader == nil { reader = try store.openForReading() }
      let rows = try reader?.history(query) ?? []
      return rows.filter { $0.series == series && $0.suspicion == nil }
        .sorted { $0.publication < $1.publication }.compactMap(\.rate)
    } catch {
      return []
    }
  }
}
