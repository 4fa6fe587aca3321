/// One header line of a request or a response.
package struct HTTPHeader: Hashable, Sendable {
  /// The name; its case is ignored in comparisons.
  package let name: String

  /// The value without surrounding white space.
  package let value: String

  /// Creates a header line.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// True if the header has that name, ignoring the case of ASCII letters; allocates nothing.
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
