import FXCore

/// A receiver of webhooks on this machine.
///
/// Every POST is added to `posts` and gets status 204. A body of more than 1 MiB gets 413. While
/// `maximumWaiting` posts wait to be read, further ones get 503, so that the sender retries.
package final class LocalReceiver: Sendable {
  /// The largest accepted body in bytes; a payload of fxwatch has a few thousand.
  package static let maximumBodyBytes = 1 << 20

  /// The most posts that wait to be read before more are refused.
  package static let maximumWaiting = 256

  /// The received posts in order; the stream ends with `stop()`.
  package let posts: AsyncStream<ReceivedPost>

  private let continuation: AsyncStream<ReceivedPost>.Continuation
  private let server: WebServer

  /// Creates a receiver that does not listen yet.
  package init() {
    let (posts, continuation) = AsyncStream.makeStream(
      of: ReceivedPost.self, bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
    (self.posts, self.continuation) = (posts, continuation)
    var limits = ServerLimits()
    limits.bodyBytes = Self.maximumBodyBytes
    server = WebServer(limits: limits) { Self.receive($0, into: continuation) }
  }

  /// Listens on 127.0.0.1 until `stop()` and returns the port; may be called once.
  package func start() async throws(ServerProblem) -> UInt16 {
    try await server.start(at: .internet(host: "127.0.0.1", port: 0))
  }

  /// Stops listening and ends `posts`.
  package func stop() async {
    await server.stop()
    continuation.finish()
  }

  private static func receive(
    _ request: WebRequest, into continuation: AsyncStream<ReceivedPost>.Continuation
  ) -> WebResponse {
    guard request.method == "POST" else {
      return WebResponse(status: 405, headers: [HTTPHeader("Allow", "POST")])
    }
    let post = ReceivedPost(
      path: request.target.path, headers: request.headers, body: request.body)
    guard case .enqueued = continuation.yield(post) else { return WebResponse(status: 503) }
    return WebResponse(status: 204)
  }
}
