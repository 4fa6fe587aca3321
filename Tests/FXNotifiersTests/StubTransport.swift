import FXCore

/// A transport that gives every request the same response and records the requests.
struct StubTransport: HTTPTransport {
  var answer: Result<HTTPResponse, HTTPFailure> = .success(response(204))
  let requests = Record<HTTPRequest>()

  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    requests.add(request)
    return try answer.get()
  }

  static func response(
    _ status: Int, headers: [HTTPHeader] = [], body: String = ""
  ) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: headers, body: Array(body.utf8),
      effectiveURL: "https://ops.example/hook", duration: .milliseconds(12))
  }
}
