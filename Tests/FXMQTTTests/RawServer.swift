import Foundation

/// A server on a port of its own that serves one client after the other by a function.
final class RawServer: Sendable {
  let port: UInt16
  private let descriptor: Int32

  /// A server that calls `serve` with the socket of each client, and closes that afterwards.
  init(_ serve: @escaping @Sendable (_ client: Int32) -> Void) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(socket, $0, length)
        _ = getsockname(socket, $0, &length)
      }
    }
    listen(socket, 8)
    descriptor = socket
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      while case let client = accept(socket, nil, nil), client >= 0 {
        serve(client)
        close(client)
      }
      close(socket)
    }
  }

  /// Ends the thread, which closes the socket: a number that is closed here could be that of another
  /// server when the thread accepts again.
  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Returns `count` bytes from a client; nil if it closes the connection before.
  static func bytes(_ count: Int, from client: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return recv(client, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
  }

  /// Sends bytes to a client; false if the connection is closed.
  @discardableResult
  static func write(_ bytes: [UInt8], to client: Int32) -> Bool {
    send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }
}
