import FlyingFox
import Foundation

/// A page served on this machine, whose content can be changed while it is served.
///
/// It is the publisher of `fxwatch demo`. Every path answers with the page. Its ETag changes with
/// its content, and a request that has seen it already (`If-None-Match`) is answered 304.
package actor LocalPage {
  private var body: [UInt8]
  private let contentType: String
  private var version = 1
  private var server: LoopbackServer?

  /// A page that is not served yet.
  package init(body: [UInt8], contentType: String = "text/html; charset=utf-8") {
    self.body = body
    self.contentType = contentType
  }

  /// Serves the page on 127.0.0.1 until `stop()`, and gives the port; once only.
  package func start() async throws(ServerProblem) -> UInt16 {
    precondition(server == nil, "a page is started once")
    let server = LoopbackServer { [weak self] request in
      await self?.answer(to: request) ?? HTTPResponse(statusCode: .serviceUnavailable)
    }
    self.server = server
    return try await server.start()
  }

  /// Changes the content: requests from now on get it.
  package func show(_ body: [UInt8]) {
    self.body = body
    version += 1
  }

  /// Ends serving at once, also what is being answered.
  package func stop() async { await server?.stop() }

  private func answer(to request: HTTPRequest) -> HTTPResponse {
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
