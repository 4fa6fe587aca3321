import Foundation
import Glibc

/// This process's open connections to one server, on its own side.
struct OwnSockets {
  let port: Int

  /// The number of open connections.
  var count: Int {
    openDescriptors.count { descriptor in
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      return withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getpeername(descriptor, $0, &size) == 0
        }
      } && Int(UInt16(bigEndian: address.sin_port)) == port
    }
  }

  private var openDescriptors: [Int32] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    return (names ?? []).compactMap { Int32($0) }
  }
}

/// The number of epoll sets this process has open.
func openEventSets() -> Int {
  let folder = "/proc/self/fd"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.count {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    return link == "anon_inode:[eventpoll]"
  }
}
