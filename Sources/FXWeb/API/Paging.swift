import FXCore
import FXServer

/// The part of a long list that an answer has; a header `Link` names the next one.
struct Paging {
  /// The most rows of an answer, and those of one that names no number.
  static let mostRows = 10_000
  static let usualRows = 1000

  /// The parameters.
  static let parameters = ["limit", "offset"]

  let limit: Int
  let offset: Int

  /// Reads the parameters of a query.
  init(_ query: Query, most: Int = mostRows, usual: Int = usualRows) throws(WebFailure) {
    limit = try query.number("limit", in: 1...most) ?? usual
    offset = try query.number("offset", in: 0...100_000_000) ?? 0
  }

  /// Returns the answer with `limit` of the rows that were read, which are one more where others follow.
  func response<Row>(
    _ rows: [Row], of call: RouteCall, _ answer: ([Row]) -> WebResponse
  ) -> WebResponse {
    var response = answer(Array(rows.prefix(limit)))
    if rows.count > limit {
      let kept = call.request.target.query.filter { $0.name != "offset" }.map {
        "\(Self.escaped($0.name))=\(Self.escaped($0.value))"
      }
      let query = (kept + ["offset=\(offset + limit)"]).joined(separator: "&")
      response.headers.append(
        HTTPHeader("Link", "<\(call.request.target.path)?\(query)>; rel=\"next\""))
    }
    return response
  }

  /// Returns a text as a part of a query of a URL.
  static func escaped(_ text: String) -> String {
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
