/// Writes one JSON object member by member, without a `JSONValue` in memory.
struct JSONObjectWriter: ~Copyable {
  /// The usual size of an alert's evidence, in bytes.
  private static let usualSize = 1024

  private var output = ByteWriter(capacity: usualSize)

  /// Creates an object without members.
  init() { output.append(UInt8(ascii: "{")) }

  /// Closes the object and returns it with all its members.
  mutating func finish() -> JSONText {
    output.append(UInt8(ascii: "}"))
    return JSONText(bytes: output.bytes)
  }

  /// Writes a string; null for nil.
  mutating func write(_ name: StaticString, _ text: String?) {
    guard var text else { return append(name, raw: "null") }
    text.withUTF8 { text in
      guard JSONEscapes.areNeeded(in: text) else {
        return append(name, text, isQuoted: true)
      }
      var escaped: [UInt8] = []
      JSONEscapes.write(text, to: &escaped)
      escaped.withUnsafeBufferPointer { append(name, $0, isQuoted: true) }
    }
  }

  /// Writes a string that needs no escapes, such as a rate, a currency code or a day; null for nil.
  mutating func write(_ name: StaticString, plain text: String?) {
    guard var text else { return append(name, raw: "null") }
    text.withUTF8 { append(name, $0, isQuoted: true) }
  }

  /// Writes a number.
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
    output.append(UInt8(ascii: "}"))
  }

  private mutating func append(_ name: StaticString, raw text: String) {
    var text = text
    text.withUTF8 { append(name, $0, isQuoted: false) }
  }

  /// Appends a member whose name needs no escapes.
  private mutating func append(
    _ name: StaticString, _ value: UnsafeBufferPointer<UInt8>, isQuoted: Bool
  ) {
    let quote = UInt8(ascii: "\"")
    // A comma, a colon and four quotes.
    output.makeRoom(for: name.utf8CodeUnitCount + value.count + 6)
    if output.last != UInt8(ascii: "{") { output.appendInRoom(UInt8(ascii: ",")) }
    output.appendInRoom(quote)
    name.withUTF8Buffer { output.appendInRoom($0) }
    output.appendInRoom(quote)
    output.appendInRoom(UInt8(ascii: ":"))
    if isQuoted { output.appendInRoom(quote) }
    output.appendInRoom(value)
    if isQuoted { output.appendInRoom(quote) }
  }
}
