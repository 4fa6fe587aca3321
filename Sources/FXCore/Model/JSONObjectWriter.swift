/// Writes one JSON object, member after member, without a document between.
///
/// Into memory of its own: an array would ask at each of some hundred pieces whether it is shared.
struct JSONObjectWriter: ~Copyable {
  /// As much as an alert's evidence commonly takes, in bytes.
  private static let usualSize = 1024

  // Invariant: the first `count` of `capacity` bytes at `start` are written; nobody else has it.
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity = usualSize
  private var count = 0

  /// An object without members.
  init() {
    start = .allocate(capacity: capacity)
    append(UInt8(ascii: "{"))
  }

  deinit { start.deallocate() }

  /// The object with all its members.
  mutating func finish() -> JSONText {
    append(UInt8(ascii: "}"))
    return JSONText(bytes: Array(UnsafeBufferPointer(start: start, count: count)))
  }

  /// Writes a string; null for nil.
  mutating func write(_ name: StaticString, _ text: String?) {
    begin(name)
    guard var text else { return append("null") }
    append(UInt8(ascii: "\""))
    text.withUTF8 { append($0, isPlain: !$0.contains(where: JSONValue.isEscaped)) }
    append(UInt8(ascii: "\""))
  }

  /// Writes a string that needs no escapes, such as a figure, a code or a day; null for nil.
  mutating func write(_ name: StaticString, plain text: String?) {
    begin(name)
    guard var text else { return append("null") }
    append(UInt8(ascii: "\""))
    text.withUTF8 { append($0, isPlain: true) }
    append(UInt8(ascii: "\""))
  }

  /// Writes a number as it is given.
  mutating func write(_ name: StaticString, number: Int64) {
    begin(name)
    var text = String(number)
    text.withUTF8 { append($0, isPlain: true) }
  }

  /// Writes a document.
  mutating func write(_ name: StaticString, _ value: JSONValue) {
    begin(name)
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    bytes.withUnsafeBufferPointer { append($0, isPlain: true) }
  }

  /// Writes an object whose members `body` writes.
  mutating func write(_ name: StaticString, object body: (inout JSONObjectWriter) -> Void) {
    begin(name)
    append(UInt8(ascii: "{"))
    body(&self)
    append(UInt8(ascii: "}"))
  }

  /// Writes a member's name, which needs no escapes.
  private mutating func begin(_ name: StaticString) {
    if start[count - 1] != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
    append(UInt8(ascii: "\""))
    append(name)
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append($0, isPlain: true) }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, isPlain: Bool) {
    guard isPlain else {
      var escaped: [UInt8] = []
      for byte in bytes { JSONValue.writeEscaped(byte, to: &escaped) }
      return escaped.withUnsafeBufferPointer { append($0, isPlain: true) }
    }
    guard let first = bytes.baseAddress else { return }
    makeRoom(for: bytes.count)
    (start + count).update(from: first, count: bytes.count)
    count += bytes.count
  }

  private mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    start[count] = byte
    count += 1
  }

  private mutating func makeRoom(for more: Int) {
    guard capacity - count < more else { return }
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }
}
