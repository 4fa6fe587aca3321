import CLinux
import CSystemd
import Glibc

/// Answers the requests that commands send to the daemon's control socket.
///
/// Isolated to a lane of its own, so that nothing else of the daemon is delayed. A client has
/// `patience` for its request; until that arrives it delays no other client. The lane may wait as long
/// for a client that does not read its answer.
package actor ControlServer {
  /// The answer to a request; nil where it is unknown.
  package typealias Handler = @Sendable (_ request: String) async -> [UInt8]?

  /// The time in which a client must have sent its request, and later have read the answer.
  private static let patience: Duration = .seconds(2)

  /// The largest number of clients at a time; a further one is disconnected.
  private static let maximumClients = 16

  /// The pause after a connection that could not be accepted because no descriptor was free.
  private static let pauseInMilliseconds: Int32 = 100

  private nonisolated let lane: Lane
  private let directory: String
  private let handler: Handler
  private var watch: LaneDescriptor?
  private var clientCount = 0

  /// The waits for requests, by the client's descriptor.
  private var waits: [Int32: Wait] = [:]

  /// A wait until a client is readable or its time is over.
  private struct Wait {
    let watch: LaneDescriptor
    let timer: LaneTimer
    var isReadable = false
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A server for the socket in a state directory, which this process must have locked: a socket that
  /// a killed daemon left there is replaced.
  package init(directory: String, handler: @escaping Handler) {
    lane = Lane(label: "control-socket")
    self.directory = directory
    self.handler = handler
  }

  /// Makes the socket and begins to answer.
  package func start() throws(SystemError) {
    unlink(path)
    let listener = try ControlSocket.open(in: directory) {
      (descriptor, address, length) throws(SystemError) in
      // A socket's file takes the mode of the socket (Linux): no other user can connect in between.
      guard fchmod(descriptor, 0o600) == 0, bind(descriptor, address, length) == 0,
        listen(descriptor, Int32(Self.maximumClients)) == 0,
        fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0
      else { throw .last }
    }
    watch = LaneDescriptor(
      listener, for: .reading, on: lane,
      handler: { [weak self] in self?.assumeIsolated { $0.accept(from: listener) } },
      released: { close(listener) })
  }

  /// Ends the server and removes the socket; an answer that is being sent is still sent.
  package func stop() {
    guard let watch else { return }
    watch.cancel()
    self.watch = nil
    unlink(path)
  }

  private var path: String { "\(directory)/\(ControlSocket.fileName)" }

  private func accept(from listener: Int32) {
    let client = fx_accept(listener, Int32(SOCK_CLOEXEC.rawValue))
    guard client >= 0 else {
      // The connection stays ready: without a pause this would be a busy loop until a descriptor is
      // free.
      if errno != EAGAIN { poll(nil, 0, Self.pauseInMilliseconds) }
      return
    }
    guard clientCount < Self.maximumClients else {
      close(client)
      return
    }
    clientCount += 1
    Task {
      // A client that has gone, or sends nothing, needs no answer.
      try? await serve(client)
      close(client)
      clientCount -= 1
    }
  }

  private func serve(_ client: Int32) async throws(SystemError) {
    guard let request = try await request(from: client) else { return }
    let answer = request.isEmpty ? nil : await handler(request)
    let body = answer.flatMap { $0.count <= ControlSocket.maximumAnswerBytes ? $0 : nil } ?? []
    let head = "\(ControlSocket.greeting) \(body.isEmpty ? "unknown" : "ok") \(body.count)\n"
    try ControlSocket.send(
      Array(head.utf8) + body, to: client, until: SystemClock().monotonic() + Self.patience)
  }

  /// Returns the request of a client, empty where it has another version; nil where it sends none.
  private func request(from client: Int32) async throws(SystemError) -> String? {
    let deadline = SystemClock().monotonic() + Self.patience
    var bytes: [UInt8] = []
    while bytes.count < ControlSocket.maximumLineBytes {
      guard await isReadable(client, until: deadline) else { return nil }
      let more = try ControlSocket.receive(
        from: client, atMost: ControlSocket.maximumLineBytes - bytes.count, until: deadline)
      guard !more.isEmpty else { return nil }
      bytes += more
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { continue }
      let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
      return words.count == 2 && words[0] == ControlSocket.greeting ? String(words[1]) : ""
    }
    return nil
  }

  /// Waits until a client has sent something, or closed the connection; false at the deadline.
  private func isReadable(_ client: Int32, until deadline: Duration) async -> Bool {
    await withCheckedContinuation { continuation in
      let watch = LaneDescriptor(
        client, for: .reading, on: lane,
        handler: { self.assumeIsolated { $0.endWait(for: client, isReadable: true) } },
        released: {
          self.assumeIsolated {
            let wait = $0.waits.removeValue(forKey: client)
            continuation.resume(returning: wait?.isReadable ?? false)
          }
        })
      let timer = LaneTimer(on: lane) {
        self.assumeIsolated { $0.endWait(for: client, isReadable: false) }
      }
      waits[client] = Wait(watch: watch, timer: timer)
      timer.arm(after: max(.zero, deadline - SystemClock().monotonic()), leeway: .zero)
    }
  }

  private func endWait(for client: Int32, isReadable: Bool) {
    guard let wait = waits[client], !wait.isReadable else { return }
    waits[client]?.isReadable = isReadable
    wait.timer.cancel()
    wait.watch.cancel()
  }
}
