import FlyingFox
import FlyingSocks
import Glibc

/// Why a server of ours could not be started: a sentence with what to do.
package struct ServerProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  package let description: String
}

/// One HTTP server on 127.0.0.1, at a port the system picks.
///
/// It belongs to this machine alone: no other address is ever listened at.
actor LoopbackServer {
  private let server: HTTPServer
  private var serving: Task<Void, Never>?

  /// A server that answers every request by `answer`.
  init(answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) {
    var loopback = sockaddr_in()
    loopback.sin_family = sa_family_t(AF_INET)
    loopback.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    self.server = HTTPServer(
      address: loopback, logger: .disabled, handler: ClosureHTTPHandler(answer))
  }

  /// Listens and gives the port; once only.
  func start() async throws(ServerProblem) -> UInt16 {
    precondition(serving == nil, "a server is started once")
    serving = Task { [server] in try? await server.run() }
    do {
      try await server.waitUntilListening()
      if case .ip4(_, let port) = await server.listeningAddress { return port }
    } catch {}
    await stop()
    throw ServerProblem(
      description: "127.0.0.1: cannot listen; is the loopback interface up (ip link set lo up)?")
  }

  /// Ends at once, also what is being answered; the port is free when it returns.
  func stop() async {
    await server.stop()
    serving?.cancel()
    await serving?.value
  }
}
