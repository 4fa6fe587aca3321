/// Makes transfers: the port through which sources are fetched and webhooks posted.
package protocol HTTPTransport: Sendable {
  /// Makes one transfer. Any status is a response; only what prevented one is thrown. Task
  /// cancellation ends the transfer with `HTTPFailure.cancelled`.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
}
