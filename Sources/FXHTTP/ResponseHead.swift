package import FXCore

/// The header fields of a response, taken line by line as libcurl hands them on.
///
/// Only those of the last response stay: 1xx answers come before it, trailers after it. All of them
/// count towards the limits, so that a peer cannot send heads for ever. Lines that are no header
/// field are left out, so that every field kept can be sent back (`ETag` is).
package struct ResponseHead {
  /// In the order received.
  package private(set) var fields: [HTTPHeader] = []

  private var bytes = 0
  private var isOpen = false

  /// The head of a response that has not begun.
  package init() {}

  /// Takes one line with its line end; false when `limits` are passed, with nothing kept of it.
  package mutating func take(_ line: UnsafeRawBufferPointer, within limits: TransferLimits) -> Bool
  {
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
      // The old folding of long lines (RFC 9112 section 5.2).
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
