import CCurl

/// An IPv4 or IPv6 address.
package struct InternetAddress: Hashable, Sendable {
  /// 4 or 16 bytes in network order.
  package let bytes: [UInt8]

  /// Creates an address; nil unless there are 4 or 16 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Parses an address of IPv4 or IPv6; nil for any other text.
  package init?(text: String) {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = Int(fx_address_bytes_of_text(text, &bytes))
    self.init(bytes: Array(bytes.prefix(count)))
  }

  /// Returns true if the first `length` bits equal those of `prefix`, an address of the same family.
  package func starts(with prefix: [UInt8], bits length: Int) -> Bool {
    guard bytes.count >= prefix.count, prefix.count * 8 >= length else { return false }
    let whole = length / 8
    guard bytes[..<whole] == prefix[..<whole] else { return false }
    let rest = length % 8
    return rest == 0 || (bytes[whole] ^ prefix[whole]) >> UInt8(8 - rest) == 0
  }
}

extension InternetAddress: CustomStringConvertible {
  /// `192.0.2.1`, or the eight groups of IPv6 without abbreviation: `2001:db8:0:0:0:0:0:1`.
  package var description: String {
    if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2)
      .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
      .joined(separator: ":")
  }
}
