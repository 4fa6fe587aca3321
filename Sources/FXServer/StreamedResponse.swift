import CMicroHTTPD

/// A stream on its connection, as libmicrohttpd holds it.
final class StreamedResponse {
  private let stream: WebStream
  private let connection: OpaquePointer
  private let server: ServerContext

  private init(_ stream: WebStream, _ connection: OpaquePointer, _ server: ServerContext) {
    self.stream = stream
    self.connection = connection
    self.server = server
  }

  /// Returns a response of libmicrohttpd with the stream; nil without memory, or if the server stops.
  static func made(
    _ stream: WebStream, on connection: OpaquePointer, in server: ServerContext
  ) -> OpaquePointer? {
    guard server.add(stream) else { return nil }
    let response = StreamedResponse(stream, connection, server)
    return fx_stream(
      { response, _, buffer, room in
        guard let response, let buffer else { return -1 }
        let streamed = Unmanaged<StreamedResponse>.fromOpaque(response).takeUnretainedValue()
        return streamed.stream.read(into: buffer, room, streamed.connection)
      }, Unmanaged.passRetained(response).toOpaque(),
      { response in
        guard let response else { return }
        let streamed = Unmanaged<StreamedResponse>.fromOpaque(response).takeRetainedValue()
        streamed.stream.close()
        streamed.server.remove(streamed.stream)
      })
  }
}
