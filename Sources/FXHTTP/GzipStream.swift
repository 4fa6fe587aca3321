import CZlib

/// Unpacks a gzip stream (RFC 1952) piece by piece, and knows if it has reached its end.
///
/// libcurl unpacks it, too, but accepts one that is cut off. Memory: 32 KiB for the window of zlib and a
/// buffer. Not Sendable: it is isolated to the transport.
final class GzipStream {
  /// zlib refuses a stream that was moved.
  private let stream: UnsafeMutablePointer<z_stream>

  /// True if the last member is complete, with its checksum.
  private(set) var isComplete = false

  /// True once bytes were unpacked.
  private(set) var hasBegun = false

  /// The first byte of every member.
  static let firstByte: UInt8 = 0x1F

  private static let bufferBytes = 64 << 10

  /// A stream at its start; nil if memory is exhausted.
  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard fx_inflate_gzip(stream) == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks a piece, and passes what it contains to `handle`, which returns false to stop.
  ///
  /// Returns false if the stream is damaged or `handle` has stopped it.
  func unpack(
    _ piece: UnsafeRawBufferPointer, _ handle: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    guard let start = piece.baseAddress, !piece.isEmpty else { return true }
    hasBegun = true
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: start.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = uInt(piece.count)
    defer { stream.pointee.next_in = nil }
    return withUnsafeTemporaryAllocation(byteCount: Self.bufferBytes, alignment: 1) { buffer in
      repeat {
        if isComplete {
          // Another member follows, or bytes that belong to none, which are ignored as gzip does.
          guard stream.pointee.next_in.pointee == Self.firstByte, inflateReset(stream) == Z_OK
          else { return true }
          isComplete = false
        }
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = uInt(buffer.count)
        let code = inflate(stream, Z_NO_FLUSH)
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { return false }
        isComplete = code == Z_STREAM_END
        let count = buffer.count - Int(stream.pointee.avail_out)
        guard handle(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return false }
      } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0 && !isComplete
      return true
    }
  }
}
