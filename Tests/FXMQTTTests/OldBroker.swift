import Support

/// A broker that knows MQTT 3.1.1 only: it refuses any other version with the code of its own, or closes
/// the connection, as such brokers do; and it confirms every message.
final class OldBroker: Sendable {
  /// The versions of the protocol with which clients have connected.
  let connections = EventLog<UInt8>("connections")

  private let server: RawServer
  var port: UInt16 { server.port }

  init(refusesWithCode: Bool) throws {
    server = try RawServer { [connections] client in
      Self.serve(client, refusesWithCode, connections)
    }
  }

  private static func serve(
    _ client: Int32, _ refusesWithCode: Bool, _ connections: EventLog<UInt8>
  ) {
    while let (kind, body) = packet(from: client) {
      switch kind >> 4 {
      case 1:
        connections.append(body[6])
        guard body[6] == 4 else {
          if refusesWithCode { RawServer.write([0x20, 2, 0, 1], to: client) }
          return
        }
        RawServer.write([0x20, 2, 0, 0], to: client)
      case 3:
        let start = 2 + Int(body[0]) * 256 + Int(body[1])
        RawServer.write([0x40, 2, body[start], body[start + 1]], to: client)
      default: return
      }
    }
  }

  /// Reads a packet of fewer than 128 bytes.
  static func packet(from client: Int32) -> (kind: UInt8, body: [UInt8])? {
    guard let head = RawServer.bytes(2, from: client),
      let body = RawServer.bytes(Int(head[1]), from: client)
    else { return nil }
    return (head[0], body)
  }
}
