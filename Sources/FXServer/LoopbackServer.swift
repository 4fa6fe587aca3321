import FlyingFox
import FlyingSocks
import Glibc

/// An HTTP server on 127.0.0.1, at a port that the system chooses.
///
/// It listens at no other address, so only this machine can connect.
actor LoopbackServer {
  private let server: HTTPServer
  private var serving: Task<Void, Never>?

  /// Creates a server that responds to each request through `respond`.
  init(respond: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) {
    var loopback = sockaddr_in()
    loopback.sin_family = sa_family_t(AF_INET)
    loopback.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    self.server = HTTPServer(
      address: loopback, logger: .disabled, handler: ClosureHTTPHandler(respond))
  }

  /// Listens and returns the port; may be called once.
  func start() async throws(ServerProblem) -> UInt16 {
    precondition(serving == nil, "a server is started once")
    serving = Task { [server] in try? await server.run() }
    do {
      try await server.waitUntilListening()
      if case .ip4(_, let port) = await server.listeningAddress { return port }
    } catch {}
    await stop()
    throw ServerProblem(
      description: "cannot listen on 127.0.0.1; check that the loopback interface is up "
        + "(ip link set lo up)")
  }

  /// Stops at once, including responses in progress; the port is free when this returns.
  func stop() async {
    await server.stop()
    serving?.cancel()
    await serving?.value
  }
}
