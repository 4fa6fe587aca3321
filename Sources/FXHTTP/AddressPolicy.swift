/// An IPv4 or IPv6 address.
package struct InternetAddress: Hashable, Sendable {
  /// 4 or 16 bytes in network order.
  package let bytes: [UInt8]

  /// The address of those bytes; nil unless there are 4 or 16.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Whether the first `length` bits are those of `prefix`, an address of the same family.
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

/// Decides which addresses a source that is not said to be private may be fetched from, so that
/// neither a name nor a redirect can point fxwatch at the network it stands in.
///
/// IPv4 is refused where IANA's registry of special-purpose addresses (RFC 6890 and its updates)
/// says an address is not globally reachable. Of IPv6 only 2000::/3 is global (RFC 4291 section
/// 2.4), less what the same registry takes out of it. An IPv6 address that stands for an IPv4 one is
/// judged as that one.
package enum AddressPolicy {
  /// Whether the address is one of the Internet's.
  package static func isPublic(_ address: InternetAddress) -> Bool {
    if address.bytes.count == 4 {
      return !specialIPv4.contains { address.starts(with: $0.prefix, bits: $0.bits) }
    }
    for embedding in embeddedIPv4 where address.starts(with: embedding.prefix, bits: embedding.bits)
    {
      let inner = address.bytes[embedding.at..<(embedding.at + 4)]
      return InternetAddress(bytes: Array(inner)).map(isPublic) ?? false
    }
    return address.starts(with: [0x20], bits: 3)
      && !specialIPv6.contains { address.starts(with: $0.prefix, bits: $0.bits) }
  }

  private static let specialIPv4: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8),  // this network, and "unspecified"
    ([10], 8),  // private
    ([100, 64], 10),  // shared by carriers behind NAT
    ([127], 8),  // loopback
    ([169, 254], 16),  // link-local, where clouds keep their metadata
    ([172, 16], 12),  // private
    ([192, 0, 0], 24),  // protocol assignments
    ([192, 0, 2], 24),  // documentation
    ([192, 88, 99], 24),  // the former 6to4 relays
    ([192, 168], 16),  // private
    ([198, 18], 15),  // benchmarks
    ([198, 51, 100], 24),  // documentation
    ([203, 0, 113], 24),  // documentation
    ([224], 4),  // multicast
    ([240], 4),  // reserved, and broadcast
  ]

  private static let specialIPv6: [(prefix: [UInt8], bits: Int)] = [
    ([0x20, 0x01, 0x00], 23),  // protocol assignments, Teredo among them
    ([0x20, 0x01, 0x0d, 0xb8], 32),  // documentation
    ([0x3f, 0xff, 0x00], 20),  // documentation
  ]

  /// Where IPv6 carries IPv4: the prefix, and the first of the four bytes.
  private static let embeddedIPv4: [(prefix: [UInt8], bits: Int, at: Int)] = [
    ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96, 12),  // mapped (RFC 4291)
    ([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96, 12),  // NAT64 (RFC 6052)
    ([0x20, 0x02], 16, 2),  // 6to4 (RFC 3056)
  ]
}
