import FXCore

/// The method of a webhook's requests, as the config names it.
enum WebhookMethod: String, CaseIterable, Sendable {
  case get = "GET"
  case patch = "PATCH"
  case post = "POST"
  case put = "PUT"

  /// The method of the request.
  var method: HTTPRequest.Method {
    switch self {
    case .get: .get
    case .patch: .patch
    case .post: .post
    case .put: .put
    }
  }
}
