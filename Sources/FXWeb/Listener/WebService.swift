package import FXDaemon
import FXServer
import FXSystem
import Glibc

/// The page and the API: serves what one daemon knows, at the address of its `web:` settings.
package actor WebService: WebInterface {
  private nonisolated let lane = Lane(label: "web")

  private var server: WebServer?

  /// The address that is served; nil while nothing is.
  private var address: WebSettings.Address?

  /// The answers to requests; replaced with each new config.
  private var site: Site?

  package nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// A service that serves nothing yet.
  package init() {}

  package func serve(_ setup: Setup, of daemon: ObservedDaemon) async throws(WebProblem) {
    guard let settings = setup.web else { return await stop() }
    do throws(CommandFailure) {
      site = try Site(setup, settings, daemon)
    } catch {
      throw WebProblem(error.message)
    }
    guard settings.address != address else { return }
    await stop()
    let server = WebServer { request in await self.response(to: request) }
    do throws(ServerProblem) {
      _ = try await server.start(at: try Self.place(of: settings.address))
    } catch {
      throw WebProblem(error.description)
    }
    self.server = server
    address = settings.address
  }

  package func stop() async {
    let server = server
    self.server = nil
    address = nil
    await server?.stop()
  }

  private func response(to request: WebRequest) async -> WebResponse {
    guard let site else { return WebResponse(status: 503) }
    return await site.response(to: request)
  }

  private static func place(
    of address: WebSettings.Address
  ) throws(ServerProblem) -> ListenAddress {
    switch address {
    case .internet(let host, let port): return .internet(host: host, port: port)
    case .unix(let path): return .unix(path: path)
    case .systemd:
      guard let descriptor = ServiceSockets.first else {
        throw ServerProblem(
          description:
            "systemd handed over no socket; enable fxwatch.socket, or write an address in"
            + " web.listen")
      }
      return .descriptor(descriptor)
    }
  }
}
