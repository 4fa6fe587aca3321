import FXCore
import FXServer

/// Entity tags: an answer that the client has already is not sent again (RFC 9110, section 13).
enum ConditionalAnswer {
  /// Returns an answer with the tag of its body, or status 304 if the request names that tag.
  static func response(_ response: WebResponse, to request: WebRequest) -> WebResponse {
    var hasher = ContentHasher()
    hasher.combine(response.body)
    let tag = "W/\"\(hasher.finish().text)\""
    let known = request.header("If-None-Match")?.split(separator: ",").map {
      $0.trimmingPrefix(while: { $0 == " " })
    }
    var answer = response
    answer.headers.append(HTTPHeader("ETag", tag))
    if known?.contains(where: { $0 == tag[...] || $0 == "*" }) == true {
      answer.status = 304
      answer.body = []
    }
    return answer
  }
}
