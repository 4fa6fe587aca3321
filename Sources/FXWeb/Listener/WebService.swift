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
    let new: Site
    do throws(CommandFailure) {
      new = try Site(setup, settings, daemon)
    } catch {
      throw WebProblem(error.message)
    }
    if settings.address != address { try await move(to: settings.address) }
    let old = site
    site = new
    await old?.close()
  }

  /// Serves at another address; where that is impossible, at the old one as before.
  private func move(to new: WebSettings.Address) async throws(WebProblem) {
    let (old, before) = (server, address)
    do throws(ServerProblem) {
      let started = try await start(at: new)
      (server, address) = (started, new)
      await old?.stop()
    } catch {
      // The old address may cover the new one, such as 0.0.0.0 and 127.0.0.1 with one port.
      await stop()
      do throws(ServerProblem) {
        server = try await start(at: new)
        address = new
      } catch {
        if let before {
          server = try? await start(at: before)
          address = server == nil ? nil : before
        }
        throw WebProblem(error.description)
      }
    }
  }

  private func start(at address: WebSettings.Address) async throws(ServerProblem) -> WebServer {
    let server = WebServer { request in await self.response(to: request) }
    _ = try await server.start(at: try Self.place(of: address))
    return server
  }

  package func stop() async {
    let (server, site) = (server, site)
    self.server = nil
    address = nil
    await site?.close()
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
      guard let descriptor = ServiceSockets.first() else {
        throw ServerProblem(
          description:
            "systemd handed over no socket; enable fxwatch.socket, or write an address in"
            + " web.listen")
      }
      return .descriptor(descriptor)
    }
  }
}
