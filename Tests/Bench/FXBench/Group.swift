/// A group of rows measured together, in the order of the table.
enum Group: String, CaseIterable {
  case ticker
  case html
  case rules
  case thresholds
  case windows
  case backtest
  case append
  case lookup
  case get
  case post
  case fewPairs = "pairs-5"
  case hundredPairs = "pairs-100"
  case thousandPairs = "pairs-1000"
  case manyPairs = "pairs-10000"
  case batched = "batched-10000"
  case endpoints = "endpoints-16"
  case sources
  case firstAlert = "first-alert"
  case cycle
  case postgresql

  /// Measures the rows of the group.
  func measure(_ environment: Environment) async throws -> [Result] {
    switch self {
    case .ticker: try ReaderRows.ticker(environment)
    case .html: try ReaderRows.html(environment)
    case .rules: try EngineRows.rules(environment)
    case .thresholds: try EngineRows.thresholds(environment)
    case .windows: try EngineRows.windows(environment)
    case .backtest: try EngineRows.backtest(environment)
    case .append: try await StoreRows.append(environment)
    case .lookup: try await StoreRows.lookup(environment)
    case .get: try await TransferRows.get(environment)
    case .post: try await TransferRows.post(environment)
    case .fewPairs: try DaemonRows.few(environment)
    case .hundredPairs: try DaemonRows.more(environment, pairs: 100)
    case .thousandPairs: try DaemonRows.more(environment, pairs: 1000)
    case .manyPairs: try DaemonRows.many(environment)
    case .batched: try DaemonRows.batched(environment)
    case .endpoints: try DaemonRows.endpoints(environment)
    case .sources: try DaemonRows.sources(environment)
    case .firstAlert: try DaemonRows.firstAlert(environment)
    case .cycle: try DaemonRows.cycle(environment)
    case .postgresql: try await PostgresRows.all(environment)
    }
  }
}
