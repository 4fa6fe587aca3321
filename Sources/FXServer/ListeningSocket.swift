import CLinux
import Glibc

/// A socket that listens, not inherited by child processes.
struct ListeningSocket {
  /// The largest number of connections that wait to be accepted.
  private static let backlog: Int32 = 128

  let descriptor: Int32

  /// Opens a socket at an address.
  init(at address: ListenAddress) throws(ServerProblem) {
    switch address {
    case .internet(let host, let port): descriptor = try Self.internet(host, port)
    case .unix(let path): descriptor = try Self.unix(path)
    case .descriptor(let open): descriptor = open
    }
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
      throw Self.problem("cannot use the socket that was handed over")
    }
  }

  /// The port of an Internet address; 0 for a Unix socket.
  var port: UInt16 {
    var address = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length) == 0
      }
    }
    // The port is at the same place in both families.
    let isInternet = [AF_INET, AF_INET6].contains(Int32(address.sin6_family))
    return isKnown && isInternet ? UInt16(bigEndian: address.sin6_port) : 0
  }

  private static func internet(_ host: String, _ port: UInt16) throws(ServerProblem) -> Int32 {
    let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    var four = sockaddr_in()
    var six = sockaddr_in6()
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      return try open(AF_INET, bytes(of: four), place)
    }
    guard inet_pton(AF_INET6, host, &six.sin6_addr) == 1 else {
      throw ServerProblem(
        description: "'\(host)' is not an Internet address; write it like 127.0.0.1 or [::1]")
    }
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    return try open(AF_INET6, bytes(of: six), place)
  }

  private static func unix(_ path: String) throws(ServerProblem) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let text = Array(path.utf8)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
      guard text.count < place.count else { return false }
      place.copyBytes(from: text)
      return true
    }
    guard fits else {
      throw ServerProblem(
        description: "the path of a Unix socket has at most 107 bytes; '\(path)' has \(text.count)")
    }
    try removeSocket(at: path)
    let descriptor = try open(AF_UNIX, bytes(of: address), path)
    // The group of the service may connect, such as a reverse proxy that is a member.
    chmod(path, 0o660)
    return descriptor
  }

  /// Removes a socket that a killed process left; throws for any other file.
  private static func removeSocket(at path: String) throws(ServerProblem) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw ServerProblem(
        description: "cannot listen at \(path): a file with this name exists; choose another path")
    }
    unlink(path)
  }

  private static func open(
    _ family: Int32, _ address: [UInt8], _ place: String
  ) throws(ServerProblem) -> Int32 {
    let descriptor = socket(
      family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw problem("cannot open a socket for \(place)") }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let isBound = address.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      return bind(
        descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count)) == 0
    }
    guard isBound, listen(descriptor, backlog) == 0 else {
      let problem = problem("cannot listen at \(place)")
      close(descriptor)
      throw problem
    }
    return descriptor
  }

  private static func bytes(of value: some Any) -> [UInt8] {
    withUnsafeBytes(of: value) { Array($0) }
  }

  private static func problem(_ what: String) -> ServerProblem {
    let number = errno
    let remedy =
      switch number {
      case EADDRINUSE: "; stop the program that uses this address, or choose another one"
      case EADDRNOTAVAIL: "; no interface of this machine has this address"
      case EACCES, EPERM: "; choose a port above 1023, or a directory that the service may write"
      default: ""
      }
    return ServerProblem(description: "\(what): \(String(cString: strerror(number)))\(remedy)")
  }
}
