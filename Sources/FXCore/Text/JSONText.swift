/// A JSON document as its text, read only for those who look into it.
///
/// Two are equal where their bytes are; what fxwatch writes, it writes in one way.
package struct JSONText: Sendable {
  /// The document in UTF-8.
  ///
  /// Written anew each time where it was put off.
  package var bytes: [UInt8] {
    switch content {
    case .written(let bytes): bytes
    case .putOff(let write): write()
    }
  }

  private let content: Content

  private enum Content: Sendable {
    case written([UInt8])
    case putOff(@Sendable () -> [UInt8])
  }

  /// A text that was written as JSON.
  package init(bytes: [UInt8]) { content = .written(bytes) }

  /// A text that is written when somebody reads it.
  init(puttingOff write: @escaping @Sendable () -> [UInt8]) { content = .putOff(write) }

  /// A document, written compactly.
  package init(_ value: JSONValue) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    value.write(to: &bytes)
    self.init(bytes: bytes)
  }

  /// The document, read anew each time; null where the text is no JSON.
  package var value: JSONValue { (try? JSONReader.read(bytes)) ?? .null }
}

extension JSONText: Hashable {
  package static func == (left: JSONText, right: JSONText) -> Bool { left.bytes == right.bytes }

  package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
