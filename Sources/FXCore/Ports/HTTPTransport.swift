/// Sends HTTP requests: the port for fetching sources and posting webhooks.
package protocol HTTPTransport: Sendable {
  /// Sends one request and returns the response, whatever its status.
  ///
  /// Throws if there is no response. Task cancellation ends the transfer with
  /// `HTTPFailure.cancelled`.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
}
