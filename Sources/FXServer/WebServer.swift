import CMicroHTTPD
import Glibc

/// An HTTP/1.1 server, libmicrohttpd with one thread and epoll.
///
/// The thread reads requests and sends responses; the handler computes a response in a task. Neither
/// waits for the other, and a client that sends or reads slowly delays only itself. TLS and HTTP/2 are
/// the work of a reverse proxy.
package actor WebServer {
  /// Computes the response to a request.
  package typealias Handler = @Sendable (WebRequest) async -> WebResponse

  private let context: ServerContext

  /// The address of the server of libmicrohttpd; nil while it does not run.
  private var server: UInt?

  /// The file of a Unix socket.
  private var socketFile: SocketFile?

  /// A server that does not listen yet.
  package init(limits: ServerLimits = ServerLimits(), handler: @escaping Handler) {
    context = ServerContext(limits: limits, handler: handler)
  }

  /// Listens and returns the port, 0 for a Unix socket; may be called once.
  package func start(at address: ListenAddress) throws(ServerProblem) -> UInt16 {
    precondition(server == nil, "a server is started once")
    let socket = try ListeningSocket(at: address)
    if case .unix(let path) = address { socketFile = SocketFile(path) }
    let options = options(listener: socket.descriptor)
    let started = fx_start_server(
      Self.handle, Unmanaged.passUnretained(context).toOpaque(), options)
    guard let started else {
      close(socket.descriptor)
      throw ServerProblem(
        description: "the server cannot start its thread; raise the limits of the service on tasks"
          + " and descriptors")
    }
    server = UInt(bitPattern: started)
    return socket.port
  }

  /// Closes the listening socket, waits for the responses in progress and closes all connections.
  package func stop() async {
    guard let server, let running = OpaquePointer(bitPattern: server) else { return }
    self.server = nil
    let listener = MHD_quiesce_daemon(running)
    if listener >= 0 { close(listener) }
    socketFile?.remove()
    // A connection that is suspended when the server ends is never resumed.
    await context.drain()
    context.endStreams()
    MHD_stop_daemon(running)
  }

  private func options(listener: Int32) -> [MHD_OptionItem] {
    func option(
      _ name: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil
    ) -> MHD_OptionItem {
      MHD_OptionItem(option: name, value: value, ptr_value: pointer)
    }
    let limits = context.limits
    return [
      option(.LISTEN_SOCKET, Int(listener)),
      option(.CONNECTION_LIMIT, limits.connections),
      option(.PER_IP_CONNECTION_LIMIT, limits.connectionsOfAddress),
      option(.CONNECTION_MEMORY_LIMIT, limits.headBytes),
      option(.CONNECTION_TIMEOUT, Int(limits.idleSeconds)),
      option(.STRICT_FOR_CLIENT, 1),
      option(.URI_LOG_CALLBACK, fx_target(Self.begin)),
      option(.NOTIFY_COMPLETED, fx_completion(Self.complete)),
      option(.END, 0),
    ]
  }

  // MARK: Called by libmicrohttpd on its thread

  /// Begins an exchange with the target as it was sent; the result is handed to the other two.
  private static let begin: fx_target_callback = { _, target, _ in
    let target = target.map {
      String(decoding: UnsafeRawBufferPointer(start: $0, count: strlen($0)), as: UTF8.self)
    }
    return Unmanaged.passRetained(RequestExchange(target: target ?? "")).toOpaque()
  }

  private static let handle: MHD_AccessHandlerCallback = {
    context, connection, _, method, _, piece, count, exchange in
    guard let context, let connection, let method, let count, let exchange = exchange?.pointee
    else { return .NO }
    return Unmanaged<RequestExchange>.fromOpaque(exchange).takeUnretainedValue().proceed(
      connection, method: String(cString: method), piece: piece, count,
      in: Unmanaged<ServerContext>.fromOpaque(context).takeUnretainedValue())
  }

  private static let complete: MHD_RequestCompletedCallback = { _, _, exchange, _ in
    guard let begun = exchange?.pointee else { return }
    exchange?.pointee = nil
    Unmanaged<RequestExchange>.fromOpaque(begun).release()
  }
}
