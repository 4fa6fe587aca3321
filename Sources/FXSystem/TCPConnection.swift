import Glibc

/// Numbers that the system keeps about TCP connections.
package enum TCPConnection {
  /// Returns the number of bytes that a socket has received; 0 if the system does not report it.
  ///
  /// `tcpi_bytes_received` of linux/tcp.h is the 17th of the 64-bit fields that `tcp_info` can be divided
  /// into; glibc's own `tcp_info` lacks it.
  package static func bytesReceived(by socket: Int32) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 32) { fields in
      var length = socklen_t(fields.count * MemoryLayout<UInt64>.stride)
      guard getsockopt(socket, Int32(IPPROTO_TCP), TCP_INFO, fields.baseAddress, &length) == 0,
        Int(length) >= 17 * MemoryLayout<UInt64>.stride
      else { return 0 }
      return fields[16]
    }
  }
}
