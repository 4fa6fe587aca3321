import FlyingFox

/// A receiver of webhooks on this machine.
///
/// Every POST is handed to `posts` and answered 204. A body beyond 1 MiB is answered 413, and 503 is
/// the answer while `maximumWaiting` posts wait to be read, so that the sender tries again.
package actor LocalReceiver {
  /// The largest body taken, in bytes; a payload of fxwatch has a few thousand.
  package static let maximumBodyBytes = 1 << 20

  /// How many posts may wait to be read before more are refused.
  package static let maximumWaiting = 256

  /// What was received, in the order received; ends with `stop()`.
  package nonisolated let posts: AsyncStream<ReceivedPost>

  private let taken: AsyncStream<ReceivedPost>.Continuation
  private var server: LoopbackServer?

  /// A receiver that does not listen yet.
  package init() {
    (posts, taken) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
  }

  /// Receives on 127.0.0.1 until `stop()`, and gives the port; once only.
  package func start() async throws(ServerProblem) -> UInt16 {
    precondition(server == nil, "a receiver is started once")
    let server = LoopbackServer { [taken] request in
      try await Self.take(request, into: taken)
    }
    self.server = server
    return try await server.start()
  }

  /// Ends receiving at once and ends `posts`.
  package func stop() async {
    await server?.stop()
    taken.finish()
  }

  private static func take(
    _ request: HTTPRequest, into taken: AsyncStream<ReceivedPost>.Continuation
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
    guard case .enqueued = taken.yield(post) else {
      return HTTPResponse(statusCode: .serviceUnavailable)
    }
    return HTTPResponse(statusCode: .noContent)
  }
}
