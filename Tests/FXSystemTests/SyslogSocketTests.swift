import FXSystem
import Glibc
import Testing

@Suite("Syslog", .timeLimit(.minutes(1)))
struct SyslogSocketTests {
  @Test(
    "reads its receivers",
    arguments: [
      ("/dev/log", SyslogDestination.local),
      ("udp://192.0.2.1", .datagrams(host: "192.0.2.1", port: 514)),
      ("tcp://logs.example:6514", .stream(host: "logs.example", port: 6514)),
      ("tcp://[2001:db8::1]:601", .stream(host: "2001:db8::1", port: 601)),
      ("udp://2001:db8::1", .datagrams(host: "2001:db8::1", port: 514)),
    ])
  func destinations(text: String, expected: SyslogDestination) {
    #expect(SyslogDestination(text) == expected)
  }

  @Test(
    "refuses others",
    arguments: [
      "", "logs.example", "tls://a", "udp://", "udp://a:0", "tcp://a:70000", "tcp://a b:1",
      "udp://a/b",
    ])
  func unknown(text: String) {
    #expect(SyslogDestination(text) == nil)
  }

  @Test("gets each message as a datagram, or over TCP with its length")
  func sent() throws {
    let datagrams = try Listener(SOCK_DGRAM)
    try SyslogSocket.send(
      [Array("<1>one".utf8), Array("<1>two".utf8)],
      to: .datagrams(host: "127.0.0.1", port: datagrams.port))
    #expect(datagrams.read() == "<1>one")
    #expect(datagrams.read() == "<1>two")
    let stream = try Listener(SOCK_STREAM)
    let port = stream.port
    let reader = stream.readingConnection()
    try SyslogSocket.send(
      [Array("<1>one".utf8), Array("<1>three".utf8)], to: .stream(host: "127.0.0.1", port: port))
    #expect(reader() == "6 <1>one8 <1>three")
  }

  @Test("that is not there is an error")
  func missing() throws {
    let port = try Listener(SOCK_STREAM).port
    #expect(throws: SystemError(code: ECONNREFUSED)) {
      try SyslogSocket.send([[65]], to: .stream(host: "127.0.0.1", port: port))
    }
    #expect(throws: SystemError(code: ENOENT)) {
      try SyslogSocket.send([[65]], to: .socket(path: "/nowhere/log"))
    }
    #expect(throws: SystemError(code: EHOSTUNREACH)) {
      try SyslogSocket.send([[65]], to: .datagrams(host: "no.such.host.invalid", port: 1))
    }
  }
}

/// A socket of a test on a port of its own.
private final class Listener {
  private let descriptor: Int32
  let port: UInt16

  init(_ type: __socket_type) throws {
    descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let result = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
      }
    }
    guard result == 0 else { throw SystemError.last }
    if type == SOCK_STREAM { listen(descriptor, 1) }
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  /// Returns one datagram.
  func read() -> String { Self.read(descriptor) }

  /// Starts a thread that accepts a connection; the result waits for all that is sent.
  func readingConnection() -> () -> String {
    let descriptor = descriptor
    let pipe = Self.pipe()
    let argument = UnsafeMutablePointer<(Int32, Int32)>.allocate(capacity: 1)
    argument.initialize(to: (descriptor, pipe.writing))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        guard let ends = argument?.assumingMemoryBound(to: (Int32, Int32).self).pointee else {
          return nil
        }
        let connection = accept(ends.0, nil, nil)
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
          let count = Glibc.read(connection, &piece, piece.count)
          guard count > 0 else { break }
          _ = write(ends.1, piece, count)
        }
        close(connection)
        close(ends.1)
        return nil
      }, argument)
    return {
      pthread_join(thread, nil)
      argument.deallocate()
      defer { close(pipe.reading) }
      return Self.read(pipe.reading)
    }
  }

  private static func read(_ descriptor: Int32) -> String {
    var piece = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &piece, piece.count)
    return String(decoding: piece.prefix(max(0, count)), as: UTF8.self)
  }

  private static func pipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    Glibc.pipe(&ends)
    return (ends[0], ends[1])
  }
}
