/// Reads what `ByteEncoder` has written; the bytes are untrusted.
///
/// No input traps, and no text or list is larger than the bytes.
struct ByteDecoder {
  /// The bytes are not what was expected.
  struct Invalid: Error {}

  private(set) var rest: ArraySlice<UInt8>

  /// A decoder at the start of bytes.
  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Reads a byte.
  mutating func byte() throws(Invalid) -> UInt8 {
    guard let byte = rest.popFirst() else { throw Invalid() }
    return byte
  }

  /// Reads an integer.
  mutating func integer() throws(Invalid) -> Int64 {
    guard rest.count >= 8 else { throw Invalid() }
    var number: UInt64 = 0
    for (place, byte) in rest.prefix(8).enumerated() { number |= UInt64(byte) << (8 * place) }
    rest = rest.dropFirst(8)
    return Int64(bitPattern: number)
  }

  /// Reads the number of elements of a list, each of which takes at least one byte.
  mutating func count(atMost limit: Int) throws(Invalid) -> Int {
    guard let count = Int(exactly: try integer()), (0...min(limit, rest.count)).contains(count)
    else { throw Invalid() }
    return count
  }

  /// Reads a text of at most so many bytes.
  mutating func text(atMost limit: Int) throws(Invalid) -> String {
    let count = try count(atMost: limit)
    guard let text = String(validating: rest.prefix(count), as: UTF8.self) else { throw Invalid() }
    rest = rest.dropFirst(count)
    return text
  }

  /// Reads a text, or nil where there is none.
  mutating func optionalText(atMost limit: Int) throws(Invalid) -> String? {
    try byte() == 0 ? nil : try text(atMost: limit)
  }
}
