import FXSystem
import Foundation
import Glibc
import Support
import Testing

@Suite("The control socket", .timeLimit(.minutes(1)))
struct ControlSocketTests {
  private let directory: Scratch

  init() throws { directory = try Scratch() }

  /// Asks on another thread, as another process does.
  private func ask(
    _ request: String, patience: Duration = .seconds(20)
  ) async -> Result<String, ControlProblem> {
    let client = ControlClient(directory: directory.path)
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        do throws(ControlProblem) {
          let answer = try client.answer(to: request, patience: patience)
          continuation.resume(returning: .success(String(decoding: answer, as: UTF8.self)))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
  }

  private func server(_ handler: @escaping ControlServer.Handler) async throws -> ControlServer {
    let server = ControlServer(directory: directory.path, handler: handler)
    try await server.start()
    return server
  }

  @Test("A request gets the answer of the daemon, of any size, and a second one too")
  func answered() async throws {
    let large = String(repeating: "x", count: 2_000_000)
    let server = try await server { Array((($0 == "large") ? large : "answer to \($0)").utf8) }
    #expect(await ask("status") == .success("answer to status"))
    #expect(await ask("large") == .success(large))
    await server.stop()
    #expect(!FileManager.default.fileExists(atPath: directory.file("control")))
  }

  @Test("Nobody but the owner may use the socket")
  func mode() async throws {
    let server = try await server { _ in nil }
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("control"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    await server.stop()
  }

  @Test("A path longer than a socket's address is used nevertheless")
  func longPath() async throws {
    let path = directory.file(String(repeating: "d", count: 150))
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let server = ControlServer(directory: path) { _ in [1] }
    try await server.start()
    let client = ControlClient(directory: path)
    let answer = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: try? client.answer(to: "status", patience: .seconds(20)))
      }
    }
    #expect(answer == [1])
    await server.stop()
  }

  @Test("A socket that a killed daemon left behind is replaced")
  func stale() async throws {
    let first = try await server { _ in [1] }
    let second = try await server { _ in Array("second".utf8) }
    #expect(await ask("status") == .success("second"))
    await second.stop()
    withExtendedLifetime(first) {}
  }

  @Test("An unknown request, and one in another version, is refused")
  func unknown() async throws {
    let server = try await server { $0 == "status" ? [1] : nil }
    #expect(await ask("dance") == .failure(.unknownRequest))
    #expect(await ask("status now") == .failure(.unknownRequest))
    await server.stop()
  }

  @Test("The problem names a missing daemon")
  func absent() async throws {
    #expect(await ask("status") == .failure(.notRunning))
    let server = try await server { _ in [1] }
    await server.stop()
    #expect(await ask("status") == .failure(.notRunning))
  }

  @Test("A daemon that does not answer in time is reported as such")
  func silent() async throws {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    let server = try await server { _ in
      for await _ in stream {}
      return [1]
    }
    #expect(await ask("status", patience: .milliseconds(200)) == .failure(.noAnswer))
    continuation.finish()
    await server.stop()
  }

  @Test("Clients that send nothing delay no other one")
  func idleClients() async throws {
    let server = try await server { _ in Array("here".utf8) }
    let idle = try (0..<10).map { _ in try connected() }
    defer { for descriptor in idle { close(descriptor) } }
    // Together they have 20 s for their requests.
    #expect(await ask("status", patience: .seconds(5)) == .success("here"))
    await server.stop()
  }

  @Test("A request may arrive in parts")
  func parts() async throws {
    let server = try await server { Array("answer to \($0)".utf8) }
    let client = try connected()
    defer { close(client) }
    for part in ["fxwat", "ch/1 sta"] { send(client, part, part.utf8.count, 0) }
    // Answered after the first parts have been received.
    #expect(await ask("other") == .success("answer to other"))
    send(client, "tus\n", 4, 0)
    let expected = "fxwatch/1 ok 16\nanswer to status"
    let received = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = recv(client, &buffer, expected.utf8.count, Int32(MSG_WAITALL))
        continuation.resume(
          returning: String(decoding: buffer.prefix(max(0, count)), as: UTF8.self))
      }
    }
    #expect(received == expected)
    await server.stop()
  }

  /// Returns a connection to the socket.
  private func connected() throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: directory.file("control").utf8)
    }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
    return descriptor
  }
}
