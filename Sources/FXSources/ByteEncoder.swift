/// Writes values as bytes, for another process of the same program.
struct ByteEncoder {
  private(set) var bytes: [UInt8] = []

  /// Writes a byte.
  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  /// Writes an integer in eight bytes, the lowest first.
  mutating func write(_ number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes a text with its length.
  mutating func write(_ text: String) {
    write(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes a text, or that there is none.
  mutating func write(_ text: String?) {
    write(UInt8(text == nil ? 0 : 1))
    if let text { write(text) }
  }
}
