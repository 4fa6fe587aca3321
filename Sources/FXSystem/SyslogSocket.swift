import CSystemd
import FXCore
import Glibc

/// Sends messages to a syslog daemon.
///
/// Blocks the thread, also for the resolution of names; call it on a lane of its own.
package enum SyslogSocket {
  /// The limit for each of connecting, sending and the end of the connection, in milliseconds.
  private static let patience: Int32 = 5000

  /// Sends messages in order; throws at the first that could not be sent.
  ///
  /// A datagram that was sent may be lost all the same. Over TCP the call returns when the server has
  /// closed its side, which shows that it has read everything, or after five seconds.
  package static func send(
    _ messages: [[UInt8]], to destination: SyslogDestination
  ) throws(SystemError) {
    switch destination {
    case .socket(let path):
      let descriptor = try open(AF_UNIX, SOCK_DGRAM)
      defer { close(descriptor) }
      try connect(descriptor, toPath: path)
      for message in messages { try write(message, to: descriptor) }
    case .datagrams(let host, let port):
      let descriptor = try connected(to: host, port, SOCK_DGRAM)
      defer { close(descriptor) }
      for message in messages { try write(message, to: descriptor) }
    case .stream(let host, let port):
      let descriptor = try connected(to: host, port, SOCK_STREAM)
      defer { close(descriptor) }
      for message in messages {
        try write(Array("\(message.count) ".utf8) + message, to: descriptor)
      }
      try end(descriptor)
    }
  }

  private static func open(
    _ family: Int32, _ type: __socket_type
  ) throws(SystemError) -> Int32 {
    let flags = Int32(type.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, flags, 0)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  private static func connect(_ descriptor: Int32, toPath path: String) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw .last }
  }

  /// Returns a socket that is connected to the first address of a host that accepts it.
  private static func connected(
    to host: String, _ port: UInt16, _ type: __socket_type
  ) throws(SystemError) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(type.rawValue)
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "\(port)", &hints, &list) == 0 else {
      throw SystemError(code: EHOSTUNREACH)
    }
    defer { freeaddrinfo(list) }
    var failure = SystemError(code: EHOSTUNREACH)
    var next = list
    while let entry = next?.pointee {
      do throws(SystemError) {
        return try connected(to: entry, type)
      } catch {
        failure = error
      }
      next = entry.ai_next
    }
    throw failure
  }

  private static func connected(
    to entry: addrinfo, _ type: __socket_type
  ) throws(SystemError) -> Int32 {
    let descriptor = try open(entry.ai_family, type)
    do throws(SystemError) {
      if Glibc.connect(descriptor, entry.ai_addr, entry.ai_addrlen) != 0 {
        guard errno == EINPROGRESS else { throw .last }
        try wait(for: POLLOUT, on: descriptor)
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw SystemError(code: code) }
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        try wait(for: POLLOUT, on: descriptor)
      } else if errno != EINTR {
        throw .last
      }
    }
  }

  /// Ends the sending direction and waits for the server to close the other one; throws where it has
  /// reset the connection.
  private static func end(_ descriptor: Int32) throws(SystemError) {
    shutdown(descriptor, Int32(SHUT_WR))
    var piece = [UInt8](repeating: 0, count: 256)
    while (try? wait(for: POLLIN, on: descriptor)) != nil {
      let count = recv(descriptor, &piece, piece.count, 0)
      if count == 0 { return }
      if count < 0, errno != EINTR, errno != EAGAIN { throw .last }
    }
  }

  private static func wait(for events: Int32, on descriptor: Int32) throws(SystemError) {
    var waited = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    let count = poll(&waited, 1, patience)
    guard count != 0 else { throw SystemError(code: ETIMEDOUT) }
    guard count > 0 || errno == EINTR else { throw .last }
  }
}
