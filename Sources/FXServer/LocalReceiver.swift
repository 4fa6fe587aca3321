import FlyingFox

/// A receiver of webhooks on this machine.
///
/// Every POST is added to `posts` and gets status 204. A body of more than 1 MiB gets 413. While
/// `maximumWaiting` posts wait to be read, further ones get 503, so that the sender retries.
package actor LocalReceiver {
  /// The largest accepted body in bytes; a payload of fxwatch has a few thousand.
  package static let maximumBodyBytes = 1 << 20

  /// The most posts that wait to be read before more are refused.
  package static let maximumWaiting = 256

  /// The received posts in order; the stream ends with `stop()`.
  package nonisolated let posts: AsyncStream<ReceivedPost>

  private let continuation: AsyncStream<ReceivedPost>.Continuation
  private var server: LoopbackServer?

  /// Creates a receiver that does not listen yet.
  package init() {
    (posts, continuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
  }

  /// Listens on 127.0.0.1 until `stop()` and returns the port; may be called once.
  package func start() async throws(ServerProblem) -> UInt16 {
    precondition(server == nil, "a receiver is started once")
    let server = LoopbackServer { [continuation] request in
      try await Self.receive(request, into: continuation)
    }
    self.server = server
    return try await server.start()
  }

  /// Stops listening at once and ends `posts`.
  package func stop() async {
    await server?.stop()
    continuation.finish()
  }

  private static func receive(
    _ request: HTTPRequest, into continuation: AsyncStream<ReceivedPost>.Continuation
  ) async throws -> HTTPResponse {
    guard request.method == .POST else {
      let headers: HTTPHeaders = [HTTPHeader("Allow"): "POST"]
      return HTTPResponse(statusCode: .methodNotAllowed, headers: headers)
    }
    var body: [UInt8] = []
    for try await chunk in request.bodySequence {
      body += chunk
      guard body.count <= maximumBodyBytes else {
        let headers: HTTPHeaders = [.connection: "close"]
        return HTTPResponse(statusCode: .payloadTooLarge, headers: headers)
      }
    }
    let headers = request.headers.map { (name: $0.key.rawValue, value: $0.value) }
    let post = ReceivedPost(path: request.path, headers: headers, body: body)
    guard case .enqueued = continuation.yield(post) else {
      return HTTPResponse(statusCode: .serviceUnavailable)
    }
    return HTTPResponse(statusCode: .noContent)
  }
}
