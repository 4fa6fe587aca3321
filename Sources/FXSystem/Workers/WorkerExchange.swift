import CSystemd
import Glibc

/// A file in memory through which a worker gets its job and returns its answer: the length in eight
/// bytes, then the bytes.
struct WorkerExchange {
  /// The size of the file, which takes memory only where it is written: a body of 4 MiB with its
  /// description, or the observations of 92 days of a large page.
  static let size = 8 << 20

  /// The bytes before the content.
  private static let headBytes = 8

  /// The bytes of the longest content.
  static let longestContent = size - headBytes

  let descriptor: Int32

  /// Creates an empty file.
  static func create() throws(SystemError) -> WorkerExchange {
    let descriptor = memfd_create("fxwatch-job", CommandRunner.closeOnExecute)
    guard descriptor >= 0 else { throw .last }
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      let error = SystemError.last
      close(descriptor)
      throw error
    }
    return WorkerExchange(descriptor: descriptor)
  }

  // MARK: In the daemon

  /// Writes a job in several parts; returns false if it is too long.
  func write(_ parts: [[UInt8]]) throws(SystemError) -> Bool {
    let count = parts.reduce(0) { $0 + $1.count }
    guard count <= Self.longestContent else { return false }
    var offset = 0
    let head = withUnsafeBytes(of: UInt64(count).littleEndian) { Array($0) }
    for part in [head] + parts {
      var rest = part[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes {
          pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
        }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw .last }
        rest = rest.dropFirst(written)
        offset += written
      }
    }
    return true
  }

  /// Returns the content; nil if its length is impossible.
  func read() -> [UInt8]? {
    var head: UInt64 = 0
    guard pread(descriptor, &head, Self.headBytes, 0) == Self.headBytes else { return nil }
    guard let count = Int(exactly: UInt64(littleEndian: head)), count <= Self.size - Self.headBytes
    else { return nil }
    var isRead = true
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled,
          off_t(Self.headBytes + filled))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          isRead = false
          return
        }
        filled += got
      }
    }
    return isRead ? bytes : nil
  }

  // MARK: In the worker

  /// Maps the file of the descriptor into memory: a process that may not write files (RLIMIT_FSIZE) can
  /// still write there.
  static func mapped(_ descriptor: Int32) -> UnsafeMutableRawBufferPointer? {
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    return UnsafeMutableRawBufferPointer(start: memory, count: size)
  }

  /// Returns the content of a mapped file.
  static func content(of memory: UnsafeMutableRawBufferPointer) -> [UInt8]? {
    let count = UInt64(littleEndian: memory.load(as: UInt64.self))
    guard let count = Int(exactly: count), count <= longestContent else { return nil }
    return Array(memory[headBytes..<(headBytes + count)])
  }

  /// Replaces the content of a mapped file; returns false if it is too long.
  static func replace(_ memory: UnsafeMutableRawBufferPointer, with bytes: [UInt8]) -> Bool {
    guard bytes.count <= longestContent else { return false }
    memory.storeBytes(of: UInt64(bytes.count).littleEndian, as: UInt64.self)
    UnsafeMutableRawBufferPointer(rebasing: memory[headBytes...]).copyBytes(from: bytes)
    return true
  }
}
