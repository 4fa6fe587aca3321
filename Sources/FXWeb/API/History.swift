import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The history of a pair, page by page.
struct History {
  /// The most rows of an answer, and those of one that names no number.
  static let mostRows = 10_000
  static let usualRows = 1000

  /// The parameters that choose rows.
  static let parameters = ["pair", "source", "since", "until", "as_of", "versions"]

  private let call: RouteCall
  private let rows: [HistoryRow]
  private let offset: Int
  private let limit: Int

  /// Reads the rows that a call asks for.
  init(_ call: RouteCall) throws(WebFailure) {
    let query = try Query(call, Self.parameters + ["limit", "offset"])
    limit = try query.number("limit", in: 1...Self.mostRows) ?? Self.usualRows
    offset = try query.number("offset", in: 0...100_000_000) ?? 0
    self.call = call
    rows = try Self.rows(query, call.source)
  }

  /// Returns all rows that a query asks for.
  static func rows(_ query: Query, _ source: SiteSource) throws(WebFailure) -> [HistoryRow] {
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
    return try source.stored { reader throws(StoreProblem) in try reader.history(history) }
  }

  /// One page of rows; where more follow, a header `Link` names the next page.
  func response() -> WebResponse {
    let page = rows.dropFirst(offset).prefix(limit)
    var response = WebResponse.json(Report.history(Array(page)).json)
    if offset + limit < rows.count {
      let kept = call.request.target.query.filter { $0.name != "offset" }.map {
        "\(Self.escaped($0.name))=\(Self.escaped($0.value))"
      }
      let query = (kept + ["offset=\(offset + limit)"]).joined(separator: "&")
      response.headers.append(HTTPHeader("Link", "</api/v1/history?\(query)>; rel=\"next\""))
    }
    return response
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: ":"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
