import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The history of a pair, page by page, as JSON or CSV.
struct History {
  /// The most rows of a CSV file, and those of one that names no number.
  private static let rowsOfFile = 100_000

  private let call: RouteCall
  private let paging: Paging
  private let rows: [HistoryRow]

  /// Reads the rows that a call asks for, in a file by default as many as it may have.
  init(_ call: RouteCall, isFile: Bool = false) throws(WebFailure) {
    let query = try Query(
      call, ["pair", "source", "since", "until", "as_of", "versions"] + Paging.parameters)
    paging =
      isFile
      ? try Paging(query, most: Self.rowsOfFile, usual: Self.rowsOfFile) : try Paging(query)
    self.call = call
    guard let pair = try query.pair("pair") else {
      throw .unprocessable("'pair' is missing; write it like pair=EUR/USD")
    }
    var wanted = HistoryQuery(pair: pair)
    wanted.source = query["source"].map { SourceName($0) }
    wanted.since = try query.day("since")
    wanted.until = try query.day("until")
    wanted.asOf = try query.instant("as_of")
    wanted.allVersions = try query.flag("versions")
    (wanted.limit, wanted.offset) = (paging.limit + 1, paging.offset)
    let history = wanted
    rows = try call.source.stored { reader throws(StoreProblem) in try reader.history(history) }
  }

  /// The rows as JSON.
  var json: WebResponse {
    paging.response(rows, of: call) { .json(Report.history($0).json) }
  }

  /// The rows as CSV.
  var csv: WebResponse {
    paging.response(rows, of: call) {
      WebResponse(
        type: "text/csv; charset=utf-8", body: Array(Report.history($0).text(as: .csv).utf8))
    }
  }
}
