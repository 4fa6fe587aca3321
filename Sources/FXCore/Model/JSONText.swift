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
