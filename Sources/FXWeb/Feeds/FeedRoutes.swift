import FXCommands
import FXCore
import FXServer

/// The documents that other programs read: feeds, files and Frankfurter's API.
enum FeedRoutes {
  static let all: [Route] =
    [
      .get("/feeds/alerts.atom") { call throws(WebFailure) in try AlertFeed(call).response },
      .get("/history.csv") { call throws(WebFailure) in
        let query = try Query(call, ["pair", "source", "since", "until", "as_of", "versions"])
        guard let pair = try query.pair("pair") else {
          throw .unprocessable("'pair' is missing; write it like pair=EUR/USD")
        }
        var wanted = HistoryQuery(pair: pair)
        wanted.source = query["source"].map { SourceName($0) }
        wanted.since = try query.day("since")
        wanted.until = try query.day("until")
        wanted.asOf = try query.instant("as_of")
        wanted.allVersions = try query.flag("versions")
        let history = wanted
        let rows = try call.source.stored { reader throws(StoreProblem) in
          try reader.history(history)
        }
        return WebResponse(
          type: "text/csv; charset=utf-8", body: Array(Report.history(rows).text(as: .csv).utf8))
      },
    ] + FrankfurterRoutes.all
}
