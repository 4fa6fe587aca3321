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
