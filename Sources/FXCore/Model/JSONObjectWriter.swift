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
    guard var text else { return append(name, raw: "null") }
    text.withUTF8 { text in
      guard text.contains(where: JSONValue.isEscaped) else {
        return append(name, text, isQuoted: true)
      }
      var escaped: [UInt8] = []
      for byte in text { JSONValue.writeEscaped(byte, to: &escaped) }
      escaped.withUnsafeBufferPointer { append(name, $0, isQuoted: true) }
    }
  }

  /// Writes a string that needs no escapes, such as a figure, a code or a day; null for nil.
  mutating func write(_ name: StaticString, plain text: String?) {
    guard var text else { return append(name, raw: "null") }
    text.withUTF8 { append(name, $0, isQuoted: true) }
  }

  /// Writes a number as it is given.
  mutating func write(_ name: StaticString, number: Int64) {
    append(name, raw: String(number))
  }

  /// Writes a document.
  mutating func write(_ name: StaticString, _ value: JSONValue) {
    append(name, raw: value.description)
  }

  /// Writes an object whose members `body` writes.
  mutating func write(_ name: StaticString, object body: (inout JSONObjectWriter) -> Void) {
    append(name, raw: "{")
    body(&self)
    append(UInt8(ascii: "}"))
  }

  private mutating func append(_ name: StaticString, raw text: String) {
    var text = text
    text.withUTF8 { append(name, $0, isQuoted: false) }
  }

  /// Appends a member of a name that needs no escapes.
  private mutating func append(
    _ name: StaticString, _ value: UnsafeBufferPointer<UInt8>, isQuoted: Bool
  ) {
    name.withUTF8Buffer { name in
      // A comma, four quotes and a colon.
      makeRoom(for: name.count + value.count + 6)
      if start[count - 1] != UInt8(ascii: "{") { put(UInt8(ascii: ",")) }
      put(UInt8(ascii: "\""))
      put(name)
      put(UInt8(ascii: "\""))
      put(UInt8(ascii: ":"))
      if isQuoted { put(UInt8(ascii: "\"")) }
      put(value)
      if isQuoted { put(UInt8(ascii: "\"")) }
    }
  }

  private mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    put(byte)
  }

  /// Writes where there is room.
  private mutating func put(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.baseAddress else { return }
    (start + count).update(from: first, count: bytes.count)
    count += bytes.count
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
