import FXCore
import FXServer

/// Entity tags: an answer that the client has already is not sent again (RFC 9110, section 13).
enum ConditionalAnswer {
  /// Returns a successful answer with the tag of its body, or status 304 if the request names that tag;
  /// any other answer as it is.
  static func response(_ response: WebResponse, to request: WebRequest) -> WebResponse {
    guard response.status == 200 else { return response }
    var hasher = ContentHasher()
    hasher.combine(response.body)
    let tag = "W/\"\(hasher.finish().text)\""
    return knows(tag, request) ? unchanged(tag) : tagged(response, tag)
  }

  /// True if a request names a tag, or any.
  static func knows(_ tag: String, _ request: WebRequest) -> Bool {
    let known = request.header("If-None-Match")?.split(separator: ",").map {
      $0.trimmingPrefix(while: { $0 == " " })
    }
    return known?.contains(where: { $0 == tag[...] || $0 == "*" }) == true
  }

  /// The answer to a request that names the current tag.
  static func unchanged(_ tag: String) -> WebResponse {
    WebResponse(status: 304, headers: [HTTPHeader("ETag", tag)])
  }

  /// Returns a successful answer with a tag; any other as it is.
  static func tagged(_ response: WebResponse, _ tag: String) -> WebResponse {
    guard response.status == 200 else { return response }
    var response = response
    response.headers.append(HTTPHeader("ETag", tag))
    return response
  }
}
