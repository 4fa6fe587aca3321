/// The wire format of Protocol Buffers, as far as remote read needs it.
enum Protobuf {
  /// One field of a message.
  enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)

    /// A field that is skipped.
    case other
  }

  /// Returns the fields of a message by their numbers, in order; nil if it is damaged.
  static func fields(_ message: ArraySlice<UInt8>) -> [(number: UInt64, value: Value)]? {
    var rest = message
    var fields: [(number: UInt64, value: Value)] = []
    while !rest.isEmpty {
      guard let key = variableNumber(&rest) else { return nil }
      switch key & 7 {
      case 0:
        guard let number = variableNumber(&rest) else { return nil }
        fields.append((key >> 3, .number(number)))
      case 2:
        guard let count = variableNumber(&rest), count <= UInt64(rest.count) else { return nil }
        fields.append((key >> 3, .bytes(rest.prefix(Int(count)))))
        rest = rest.dropFirst(Int(count))
      case 1, 5:
        let count = key & 7 == 1 ? 8 : 4
        guard rest.count >= count else { return nil }
        rest = rest.dropFirst(count)
        fields.append((key >> 3, .other))
      default: return nil
      }
    }
    return fields
  }

  /// Removes a number of variable length at the beginning; nil if it is damaged.
  static func variableNumber(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      if shift == 63, byte > 1 { return nil }
      number |= UInt64(byte & 127) << UInt64(shift)
      if byte < 128 { return number }
    }
    return nil
  }

  /// Adds a number of variable length.
  static func append(variableNumber number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Adds a field with bytes: a text or a message.
  static func append(_ field: UInt8, _ content: some Collection<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(field << 3 | 2)
    append(variableNumber: UInt64(content.count), to: &bytes)
    bytes += content
  }
}
