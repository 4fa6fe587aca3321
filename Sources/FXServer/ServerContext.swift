import Synchronization

/// The part of a server that the thread of libmicrohttpd sees.
final class ServerContext: Sendable {
  let limits: ServerLimits
  private let handler: WebServer.Handler
  private let state = Mutex(State())

  private struct State {
    /// The number of requests whose response is being computed.
    var inProgress = 0
    var isStopping = false

    /// The streams that are being sent.
    var streams: [ObjectIdentifier: WebStream] = [:]

    /// The wait for the last of them.
    var drained: CheckedContinuation<Void, Never>?
  }

  /// A context with the server's limits and handler.
  init(limits: ServerLimits, handler: @escaping WebServer.Handler) {
    self.limits = limits
    self.handler = handler
  }

  /// Computes a response.
  func respond(_ request: WebRequest) async -> WebResponse { await handler(request) }

  /// Counts a request whose response is about to be computed; false once the server stops.
  func begin() -> Bool {
    state.withLock { state in
      if !state.isStopping { state.inProgress += 1 }
      return !state.isStopping
    }
  }

  /// Counts a request as answered.
  func end() {
    let waiting = state.withLock { state in
      state.inProgress -= 1
      guard state.inProgress == 0 else { return nil as CheckedContinuation<Void, Never>? }
      defer { state.drained = nil }
      return state.drained
    }
    waiting?.resume()
  }

  /// Adds a stream that is sent from now on; false once the server stops.
  func add(_ stream: WebStream) -> Bool {
    state.withLock { state in
      if !state.isStopping { state.streams[ObjectIdentifier(stream)] = stream }
      return !state.isStopping
    }
  }

  /// Removes a stream whose connection has ended.
  func remove(_ stream: WebStream) {
    state.withLock { $0.streams[ObjectIdentifier(stream)] = nil }
  }

  /// Ends all streams: a connection that is suspended when the server ends is never resumed.
  func endStreams() {
    for stream in state.withLock({ Array($0.streams.values) }) { stream.end() }
  }

  /// Accepts no further request and waits until no response is being computed.
  func drain() async {
    await withCheckedContinuation { continuation in
      let isDrained = state.withLock { state in
        state.isStopping = true
        guard state.inProgress > 0 else { return true }
        state.drained = continuation
        return false
      }
      if isDrained { continuation.resume() }
    }
  }
}
