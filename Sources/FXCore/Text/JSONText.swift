/// A JSON document as text, parsed only on demand.
///
/// Two documents are equal if their bytes are; fxwatch writes equal documents as equal bytes.
package struct JSONText: Sendable {
  /// The document in UTF-8.
  ///
  /// A deferred document is written again at each access.
  package var bytes: [UInt8] {
    switch content {
    case .written(let bytes): bytes
    case .deferred(let write): write()
    }
  }

  private let content: Content

  private enum Content: Sendable {
    case written([UInt8])
    case deferred(@Sendable () -> [UInt8])
  }

  /// Wraps a document that is already written.
  package init(bytes: [UInt8]) { content = .written(bytes) }

  /// Creates a document that is written when its bytes are read.
  init(deferring write: @escaping @Sendable () -> [UInt8]) { content = .deferred(write) }

  /// Writes a document compactly.
  package init(_ value: JSONValue) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    value.write(to: &bytes)
    self.init(bytes: bytes)
  }

  /// The parsed document; null if the text is not JSON.
  ///
  /// Parsed again at each access.
  package var value: JSONValue { (try? JSONReader.read(bytes)) ?? .null }
}

extension JSONText: Hashable {
  package static func == (left: JSONText, right: JSONText) -> Bool { left.bytes == right.bytes }

  package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
