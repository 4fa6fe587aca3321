package import FXCore

/// The header fields of a response, parsed line by line.
///
/// Only the fields of the last response are kept: 1xx responses precede it, trailers follow it. All
/// lines count towards the limits, so that a server cannot send headers endlessly. Invalid fields
/// are dropped, so that each kept field can be sent back, as `ETag` is.
package struct ResponseHead {
  /// The fields in the order received.
  package private(set) var fields: [HTTPHeader] = []

  private var bytes = 0
  private var isOpen = false

  /// Creates the head of a response that has not started.
  package init() {}

  /// Parses one line with its line end; returns false if it exceeds the limits.
  package mutating func append(
    line: UnsafeRawBufferPointer, within limits: TransferLimits
  ) -> Bool {
    bytes += line.count
    guard bytes <= limits.maximumHeaderBytes else { return false }
    let text = Self.trimmed(line[...])
    if text.isEmpty {
      isOpen = false
      return true
    }
    if line.starts(with: "HTTP/".utf8) {
      fields.removeAll(keepingCapacity: true)
      isOpen = true
      return true
    }
    guard isOpen else { return true }
    guard fields.count < limits.maximumHeaderFields else { return false }
    add(line, text)
    return true
  }

  private mutating func add(
    _ line: UnsafeRawBufferPointer, _ text: Slice<UnsafeRawBufferPointer>
  ) {
    var field: HTTPHeader?
    if Self.isBlank(line[0]) {
      // Obsolete line folding (RFC 9112 section 5.2).
      let more = String(decoding: text, as: UTF8.self)
      field = fields.popLast().map { HTTPHeader($0.name, $0.value + " " + more) }
    } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
      let value = Self.trimmed(text[text.index(after: colon)...])
      field = HTTPHeader(
        String(decoding: text[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
    if let field, field.isWellFormed { fields.append(field) }
  }

  private static func trimmed(
    _ bytes: Slice<UnsafeRawBufferPointer>
  ) -> Slice<UnsafeRawBufferPointer> {
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return bytes[bytes.endIndex...] }
    return bytes[first...last]
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
  }
}
