import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The latest rates, as `fxwatch rates` prints them.
struct Rates {
  let latest: [LatestRate]
  let report: Report

  /// The rates of a source and a pair; of all without.
  init(_ query: Query, _ source: SiteSource) throws(WebFailure) {
    let pair = try query.pair("pair")
    let name = query["source"]
    latest = try source.latestRates().filter { rate in
      rate.isListed && (pair == nil || rate.series.pair == pair)
        && (name == nil || rate.series.source.text == name)
    }
    report = .rates(latest, setup: source.setup, now: source.now)
  }
}
