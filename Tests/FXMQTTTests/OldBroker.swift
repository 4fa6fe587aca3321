import Foundation
import Support

/// A broker that knows MQTT 3.1.1 only: it refuses any other version with the code of its own, or closes
/// the connection, as such brokers do; and it confirms every message.
final class OldBroker: Sendable {
  /// The versions of the protocol with which clients have connected.
  let connections = EventLog<UInt8>("connections")

  let port: UInt16
  private let descriptor: Int32

  init(refusesWithCode: Bool) throws {
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
    Thread.detachNewThread { [connections] in
      while case let client = accept(socket, nil, nil), client >= 0 {
        Self.serve(client, refusesWithCode, connections)
        close(client)
      }
    }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private static func serve(
    _ client: Int32, _ refusesWithCode: Bool, _ connections: EventLog<UInt8>
  ) {
    while let (kind, body) = packet(from: client) {
      switch kind >> 4 {
      case 1:
        connections.append(body[6])
        guard body[6] == 4 else {
          if refusesWithCode { write([0x20, 2, 0, 1], to: client) }
          return
        }
        write([0x20, 2, 0, 0], to: client)
      case 3:
        let start = 2 + Int(body[0]) * 256 + Int(body[1])
        write([0x40, 2, body[start], body[start + 1]], to: client)
      default: return
      }
    }
  }

  /// Reads a packet of fewer than 128 bytes.
  private static func packet(from client: Int32) -> (kind: UInt8, body: [UInt8])? {
    guard let head = bytes(2, from: client), let body = bytes(Int(head[1]), from: client) else {
      return nil
    }
    return (head[0], body)
  }

  private static func bytes(_ count: Int, from client: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return recv(client, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
  }

  private static func write(_ bytes: [UInt8], to client: Int32) {
    _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
