/// A JSON document as its text, read only for those who look into it.
///
/// Two are equal where their bytes are; what fxwatch writes, it writes in one way.
package struct JSONText: Hashable, Sendable {
  /// The document in UTF-8.
  package let bytes: [UInt8]

  /// A text that was written as JSON.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// A document, written compactly.
  package init(_ value: JSONValue) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    value.write(to: &bytes)
    self.bytes = bytes
  }

  /// The document, read anew each time; null where the text is no JSON.
  package var value: JSONValue { (try? JSONReader.read(bytes)) ?? .null }
}

/// Writes one JSON object, member after member, without a document between.
struct JSONObjectWriter {
  /// As much as an alert's evidence commonly takes.
  private static let usualSize = 1024

  private var bytes: [UInt8]

  /// An object without members.
  init() {
    bytes = []
    bytes.reserveCapacity(Self.usualSize)
    bytes.append(UInt8(ascii: "{"))
  }

  /// The object with all its members.
  consuming func finished() -> JSONText {
    bytes.append(UInt8(ascii: "}"))
    return JSONText(bytes: bytes)
  }

  /// Writes a string; null for nil.
  mutating func write(_ name: StaticString, _ text: String?) {
    begin(name)
    if let text { JSONValue.write(text, to: &bytes) } else { bytes.append(contentsOf: "null".utf8) }
  }

  /// Writes a number as it is given.
  mutating func write(_ name: StaticString, number: some BinaryInteger) {
    begin(name)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes a document.
  mutating func write(_ name: StaticString, _ value: JSONValue) {
    begin(name)
    value.write(to: &bytes)
  }

  /// Writes an object whose members `body` writes.
  mutating func write(_ name: StaticString, object body: (inout JSONObjectWriter) -> Void) {
    begin(name)
    bytes.append(UInt8(ascii: "{"))
    body(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Writes a member's name, which needs no escapes.
  private mutating func begin(_ name: StaticString) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }
}
