import FXCommands
import FXCore
import FXServer

/// The documents that other programs read: feeds, files and Frankfurter's API.
enum FeedRoutes {
  static let all: [Route] =
    [
      .get("/feeds/alerts.atom") { call throws(WebFailure) in try AlertFeed(call).response },
      .get("/history.csv") { call throws(WebFailure) in
        let rows = try History.rows(try Query(call, History.parameters), call.source)
        return WebResponse(
          type: "text/csv; charset=utf-8", body: Array(Report.history(rows).text(as: .csv).utf8))
      },
    ] + FrankfurterRoutes.all
}
