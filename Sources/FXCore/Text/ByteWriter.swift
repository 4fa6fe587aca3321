/// A buffer of bytes that grows at its end.
///
/// It owns its memory: an array would check for shared storage at each append, and a document has
/// some hundred of them.
struct ByteWriter: ~Copyable {
  // Invariant: the first `count` of `capacity` bytes at `start` are initialized; the memory is not
  // shared.
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  /// Creates an empty buffer that holds `capacity` bytes before it has to be reallocated.
  init(capacity: Int) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// The bytes appended so far.
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  /// The bytes appended so far, as text.
  var text: String {
    String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The last byte; nil for an empty buffer.
  var last: UInt8? { count > 0 ? start[count - 1] : nil }

  /// Appends a text.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends a literal.
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append($0) }
  }

  /// Appends bytes.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    makeRoom(for: bytes.count)
    appendInRoom(bytes)
  }

  /// Appends a byte.
  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    appendInRoom(byte)
  }

  // MARK: Appending where there is room

  /// Makes room for more bytes, which are then appended without a check of each.
  @inline(__always)
  mutating func makeRoom(for more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  /// Appends bytes for which there is room.
  @inline(__always)
  mutating func appendInRoom(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.baseAddress else { return }
    assert(capacity - count >= bytes.count, "makeRoom was not called")
    (start + count).update(from: first, count: bytes.count)
    count += bytes.count
  }

  /// Appends a byte for which there is room.
  @inline(__always)
  mutating func appendInRoom(_ byte: UInt8) {
    assert(capacity > count, "makeRoom was not called")
    start[count] = byte
    count += 1
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}
