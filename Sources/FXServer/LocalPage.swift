import FlyingFox
import Foundation

/// A page served on this machine, whose content can change while it is served.
///
/// It is the publisher of `fxwatch demo`. Every path returns the page. Its ETag changes with its
/// content, and a request with the current ETag (`If-None-Match`) gets status 304.
package actor LocalPage {
  private var body: [UInt8]
  private let contentType: String
  private var version = 1
  private var server: LoopbackServer?

  /// Creates a page that is not served yet.
  package init(body: [UInt8], contentType: String = "text/html; charset=utf-8") {
    self.body = body
    self.contentType = contentType
  }

  /// Serves the page on 127.0.0.1 until `stop()` and returns the port; may be called once.
  package func start() async throws(ServerProblem) -> UInt16 {
    precondition(server == nil, "a page is started once")
    let server = LoopbackServer { [weak self] request in
      await self?.response(to: request) ?? HTTPResponse(statusCode: .serviceUnavailable)
    }
    self.server = server
    return try await server.start()
  }

  /// Replaces the content for later requests.
  package func show(_ body: [UInt8]) {
    self.body = body
    version += 1
  }

  /// Stops serving at once, including responses in progress.
  package func stop() async { await server?.stop() }

  private func response(to request: HTTPRequest) -> HTTPResponse {
    guard [.GET, .HEAD].contains(request.method) else {
      let headers: HTTPHeaders = [HTTPHeader("Allow"): "GET, HEAD"]
      return HTTPResponse(statusCode: .methodNotAllowed, headers: headers)
    }
    let tag = "\"\(version)\""
    let headers: HTTPHeaders = [.eTag: tag, .contentType: contentType]
    if request.headers[.ifNoneMatch] == tag {
      return HTTPResponse(statusCode: .notModified, headers: headers)
    }
    return HTTPResponse(statusCode: .ok, headers: headers, body: Data(body))
  }
}
