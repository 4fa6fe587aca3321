import FXSystem
import Glibc
import Testing

@Suite("TCP connections")
struct TCPConnectionTests {
  /// Opens both ends of a connection on this machine.
  private func connection() throws -> (client: Int32, server: Int32) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isConnected = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, address, &length) == 0 && connect(client, address, length) == 0
      }
    }
    try #require(isConnected)
    return (client, accept(listener, nil, nil))
  }

  @Test("Bytes are counted in the direction in which they came, whether or not they were read")
  func received() throws {
    let (client, server) = try connection()
    defer {
      close(client)
      close(server)
    }
    #expect(TCPConnection.bytesReceived(by: server) == 0)
    #expect(send(client, "twelve bytes", 12, 0) == 12)
    var first: UInt8 = 0
    #expect(read(server, &first, 1) == 1)
    #expect(TCPConnection.bytesReceived(by: server) == 12)
    #expect(TCPConnection.bytesReceived(by: client) == 0)
  }

  @Test("A descriptor that is no TCP connection has received nothing")
  func others() {
    let other = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(other) }
    #expect(TCPConnection.bytesReceived(by: other) == 0)
    #expect(TCPConnection.bytesReceived(by: -1) == 0)
  }
}
