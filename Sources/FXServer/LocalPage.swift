import FXCore
import Synchronization

/// A page served on this machine, whose content can change while it is served.
///
/// It is the publisher of `fxwatch demo`. Every path returns the page. Its ETag changes with its
/// content, and a request with the current ETag (`If-None-Match`) gets status 304.
package final class LocalPage: Sendable {
  private let content: Content
  private let server: WebServer

  /// Creates a page that is not served yet.
  package init(body: [UInt8], contentType: String = "text/html; charset=utf-8") {
    let content = Content(body: body, type: contentType)
    self.content = content
    server = WebServer { content.response(to: $0) }
  }

  /// Serves the page on 127.0.0.1 until `stop()` and returns the port; may be called once.
  package func start() async throws(ServerProblem) -> UInt16 {
    try await server.start(at: .internet(host: "127.0.0.1", port: 0))
  }

  /// Replaces the content for later requests.
  package func show(_ body: [UInt8]) { content.show(body) }

  /// Stops serving; closes all connections.
  package func stop() async { await server.stop() }

  /// The content that is served now.
  private final class Content: Sendable {
    private let state: Mutex<(body: [UInt8], version: Int)>
    private let type: String

    init(body: [UInt8], type: String) {
      state = Mutex((body, 1))
      self.type = type
    }

    func show(_ body: [UInt8]) { state.withLock { $0 = (body, $0.version + 1) } }

    func response(to request: WebRequest) -> WebResponse {
      guard ["GET", "HEAD"].contains(request.method) else {
        return WebResponse(status: 405, headers: [HTTPHeader("Allow", "GET, HEAD")])
      }
      let (body, version) = state.withLock { $0 }
      let tag = "\"\(version)\""
      let headers = [HTTPHeader("ETag", tag), HTTPHeader("Content-Type", type)]
      return request.header("If-None-Match") == tag
        ? WebResponse(status: 304, headers: headers)
        : WebResponse(status: 200, headers: headers, body: body)
    }
  }
}
