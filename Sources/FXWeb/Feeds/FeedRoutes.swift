import FXCore
import FXServer

/// The documents that other programs read: feeds, files and Frankfurter's API.
enum FeedRoutes {
  static let all: [Route] =
    [
      .committed("/feeds/alerts.atom") { call throws(WebFailure) in try AlertFeed(call).response },
      .committed("/history.csv") { call throws(WebFailure) in
        try History(call, isFile: true).csv
      },
      .get("/feeds/calendar.ics") { call throws(WebFailure) in try CalendarFeed(call).response },
    ] + BadgeRoutes.all + FrankfurterRoutes.all
}
