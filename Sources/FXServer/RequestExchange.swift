import CMicroHTTPD
import FXCore
import Synchronization

/// One request in progress and, in the end, its response.
///
/// The thread of libmicrohttpd fills in the request and sends the response; the task that computes the
/// response only sets it.
final class RequestExchange: Sendable {
  /// The progress of a request.
  private enum Stage {
    /// The head is read.
    case began

    /// The body is being read.
    case reading

    /// The connection is suspended until there is a response.
    case answering
  }

  private struct State {
    var stage = Stage.began
    var body: [UInt8] = []

    /// The bytes of the body so far; those beyond the limit are read and dropped, because a client
    /// that is still sending might not see the answer.
    var bodyCount = 0
    var headers: [HTTPHeader] = []
    var response: WebResponse?
  }

  private let target: String
  private let state = Mutex(State())

  /// A request whose first line has this target.
  init(target: String) { self.target = target }

  /// Continues a request when libmicrohttpd calls its handler: for the head, for each piece of the body,
  /// for its end, and for the response.
  ///
  /// Sets `count` to 0 where it took the piece. `NO` closes the connection.
  func proceed(
    _ connection: OpaquePointer, method: String, piece: UnsafePointer<CChar>?,
    _ count: UnsafeMutablePointer<Int>, in server: ServerContext
  ) -> MHD_Result {
    switch state.withLock({ $0.stage }) {
    case .began: return begin(connection, in: server)
    case .reading where count.pointee > 0:
      let isFarTooLong = state.withLock { state in
        state.bodyCount += count.pointee
        if state.bodyCount > server.limits.bodyBytes {
          state.body = []
        } else if let piece {
          state.body += UnsafeRawBufferPointer(start: piece, count: count.pointee)
        }
        return state.bodyCount > server.limits.droppedBytes
      }
      if isFarTooLong { return .NO }
      count.pointee = 0
      return .YES
    case .reading: return answer(connection, method: method, in: server)
    case .answering:
      guard let response = state.withLock({ $0.response }) else { return .NO }
      return Self.queue(response, on: connection, in: server)
    }
  }

  private func begin(_ connection: OpaquePointer, in server: ServerContext) -> MHD_Result {
    let headers = Self.headers(of: connection)
    state.withLock {
      $0.stage = .reading
      $0.headers = headers
    }
    if let status = RequestFraming.refusal(of: headers, limit: server.limits.droppedBytes) {
      return refuse(status, connection, server)
    }
    return .YES
  }

  /// Responds before the body is read, and closes the connection.
  private func refuse(
    _ status: Int, _ connection: OpaquePointer, _ server: ServerContext
  ) -> MHD_Result {
    var response = WebResponse.problem(
      status, title: status == 413 ? "Content too large" : "Bad request",
      detail: status == 413
        ? "the body is longer than this server accepts"
        : "the head or the length of the body is not clear")
    response.headers.append(HTTPHeader("Connection", "close"))
    return Self.queue(response, on: connection, in: server)
  }

  private func answer(
    _ connection: OpaquePointer, method: String, in server: ServerContext
  ) -> MHD_Result {
    guard state.withLock({ $0.bodyCount }) <= server.limits.bodyBytes else {
      return refuse(413, connection, server)
    }
    guard let target = RequestTarget(target) else {
      return Self.queue(
        .problem(
          400, title: "Bad request",
          detail: "the target is not a path, or has an invalid or harmful escape"), on: connection,
        in: server)
    }
    let request = state.withLock { state in
      state.stage = .answering
      return WebRequest(
        method: method, target: target, headers: state.headers, body: state.body)
    }
    guard server.begin() else {
      return Self.queue(
        WebResponse(status: 503, headers: [HTTPHeader("Connection", "close")]), on: connection,
        in: server)
    }
    MHD_suspend_connection(connection)
    let address = UInt(bitPattern: connection)
    Task {
      let response = await server.respond(request)
      self.state.withLock { $0.response = response }
      if let connection = OpaquePointer(bitPattern: address) { MHD_resume_connection(connection) }
      server.end()
    }
    return .YES
  }

  // MARK: libmicrohttpd

  private static func headers(of connection: OpaquePointer) -> [HTTPHeader] {
    var headers: [HTTPHeader] = []
    withUnsafeMutablePointer(to: &headers) { list in
      _ = fx_headers(
        connection,
        { list, _, name, nameCount, value, valueCount in
          func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
            String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
          }
          list?.assumingMemoryBound(to: [HTTPHeader].self).pointee.append(
            HTTPHeader(text(name, nameCount), text(value, valueCount)))
          return .YES
        }, list)
    }
    return headers
  }

  private static func queue(
    _ response: WebResponse, on connection: OpaquePointer, in server: ServerContext
  ) -> MHD_Result {
    let made =
      response.stream.map { StreamedResponse.made($0, on: connection, in: server) }
      ?? response.body.withUnsafeBytes { body in fx_response(body.baseAddress, body.count) }
    guard let made else { return .NO }
    defer { MHD_destroy_response(made) }
    for header in response.headers {
      // Refuses a name or a value with a line break.
      guard MHD_add_response_header(made, header.name, header.value) == .YES else {
        return .NO
      }
    }
    return MHD_queue_response(connection, UInt32(response.status), made)
  }
}
