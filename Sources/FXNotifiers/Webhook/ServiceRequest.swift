import FXCore

/// One request to a service, without what all requests of a notifier share.
struct ServiceRequest: Sendable {
  var method = HTTPRequest.Method.post

  /// The path behind the notifier's URL; its parts are percent-encoded.
  var path = ""

  /// The parameters behind the URL, not encoded yet.
  var query: [(name: String, value: String)] = []

  var contentType = "application/json"
  var headers: [HTTPHeader] = []
  var body: [UInt8] = []

  /// A request with a JSON document.
  static func json(_ document: JSONValue) -> ServiceRequest {
    ServiceRequest(body: document.bytes)
  }

  /// A request with a form (application/x-www-form-urlencoded).
  static func form(_ fields: [(name: String, value: String)]) -> ServiceRequest {
    ServiceRequest(
      contentType: "application/x-www-form-urlencoded",
      body: Array(PercentEncoding.query(fields).utf8))
  }

  /// The path and the parameters as they are appended to a URL, which may have parameters already.
  func suffix(of url: String) -> String {
    guard !query.isEmpty else { return path }
    return path + (url.contains("?") ? "&" : "?") + PercentEncoding.query(query)
  }
}
