import FXCommands
import FXCore
import FXDaemon
import FXServer
import FXSources

/// Badges for other pages: the overall state and the latest rate of a pair, as own SVG and as the JSON that
/// shields.io reads (endpoint schema, version 1).
enum BadgeRoutes {
  static let all: [Route] = [
    .get("/badges/state.svg") { call async in await state(call).svg },
    .get("/badges/state.json") { call async in await state(call).json },
    .get("/badges/{base}/{quote}/rate.svg") { call throws(WebFailure) in try rate(call).svg },
    .get("/badges/{base}/{quote}/rate.json") { call throws(WebFailure) in try rate(call).json },
  ]

  private static func state(_ call: RouteCall) async -> Badge {
    let status = await call.source.daemon.status()
    let firing = status.engine?.firingCount ?? 0
    let alerts = firing > 0 ? ", \(PluralText.text(firing, "alert"))" : ""
    return switch status.state {
    case .ok: Badge(label: "fxwatch", message: "ok\(alerts)", color: .good)
    case .warning: Badge(label: "fxwatch", message: "warning\(alerts)", color: .warning)
    case .critical: Badge(label: "fxwatch", message: "critical\(alerts)", color: .bad)
    }
  }

  /// The rate of the first source of the config that prints the pair, or of the one in `source`.
  private static func rate(_ call: RouteCall) throws(WebFailure) -> Badge {
    let query = try Query(call, ["source"])
    guard let pair = CurrencyPair("\(call.values[0])/\(call.values[1])") else {
      throw .notFound("'\(call.values[0])/\(call.values[1])' is not a currency pair")
    }
    let rates = try call.source.stored { reader throws(StoreProblem) in
      try reader.rates(asOf: nil)
    }.filter { $0.series.pair == pair && $0.series.side == .mid }
    let order = query["source"].map { [SourceName($0)] } ?? call.source.setup.sources.map(\.name)
    let first = order.lazy.compactMap { name in rates.first { $0.series.source == name } }.first
    guard let rate = first else { throw .notFound("no source prints \(pair)") }
    return Badge(
      label: pair.description, message: rate.point.rate.perUnitText, color: .neutral)
  }
}
