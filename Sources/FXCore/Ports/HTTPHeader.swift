/// One header line of a request or a response.
package struct HTTPHeader: Hashable, Sendable {
  /// The name; compared without regard to case.
  package let name: String

  /// The value, without the line's white space.
  package let value: String

  /// One header line.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether it has that name, without regard to the case of ASCII letters; makes no text.
  package func isNamed(_ other: String) -> Bool {
    var (one, two) = (name, other)
    return one.withUTF8 { one in
      two.withUTF8 { two in
        one.count == two.count
          && one.indices.allSatisfy { Self.small(one[$0]) == Self.small(two[$0]) }
      }
    }
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
