/// The block format of Snappy, in which Prometheus' remote read sends its messages.
enum Snappy {
  /// Returns the bytes of a block; nil if it is damaged, or longer than a limit.
  static func decoded(_ block: [UInt8], atMost limit: Int) -> [UInt8]? {
    var rest = block[...]
    guard let length = Protobuf.variableNumber(&rest), length <= UInt64(limit) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(length))
    while let tag = rest.popFirst() {
      if tag & 3 == 0 {
        guard let count = literalLength(tag, &rest), count <= rest.count else { return nil }
        bytes += rest.prefix(count)
        rest = rest.dropFirst(count)
      } else {
        guard let (count, offset) = copy(tag, &rest), offset > 0, offset <= bytes.count else {
          return nil
        }
        for _ in 0..<count { bytes.append(bytes[bytes.count - offset]) }
      }
      guard bytes.count <= Int(length) else { return nil }
    }
    return bytes.count == Int(length) ? bytes : nil
  }

  /// Returns a block with these bytes as they are: the format does not require that any are compressed.
  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var block: [UInt8] = []
    Protobuf.append(variableNumber: UInt64(bytes.count), to: &block)
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(65_536)
      let last = UInt16(piece.count - 1)
      block += [61 << 2, UInt8(last & 255), UInt8(last >> 8)]
      block += piece
      rest = rest.dropFirst(piece.count)
    }
    return block
  }

  private static func literalLength(_ tag: UInt8, _ rest: inout ArraySlice<UInt8>) -> Int? {
    let short = Int(tag >> 2)
    guard short >= 60 else { return short + 1 }
    return number(bytes: short - 59, &rest).map { $0 + 1 }
  }

  private static func copy(
    _ tag: UInt8, _ rest: inout ArraySlice<UInt8>
  ) -> (count: Int, offset: Int)? {
    switch tag & 3 {
    case 1:
      guard let low = rest.popFirst() else { return nil }
      return (Int(tag >> 2 & 7) + 4, Int(tag >> 5) << 8 | Int(low))
    case 2: return number(bytes: 2, &rest).map { (Int(tag >> 2) + 1, $0) }
    default: return number(bytes: 4, &rest).map { (Int(tag >> 2) + 1, $0) }
    }
  }

  /// A little-endian number.
  private static func number(bytes count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.count >= count else { return nil }
    let number = rest.prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(count)
    return number
  }
}
