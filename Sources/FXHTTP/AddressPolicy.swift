/// Decides which addresses a request without `allowPrivate` may connect to, so that neither a name
/// nor a redirect can direct fxwatch to its local network.
///
/// IPv4 addresses are refused if IANA's registry of special-purpose addresses (RFC 6890 and its
/// updates) lists them as not globally reachable. IPv6 addresses are refused outside 2000::/3 (RFC
/// 4291 section 2.4) and where the same registry makes an exception. An IPv6 address that embeds an
/// IPv4 address is judged by that.
package enum AddressPolicy {
  /// Returns true if the address is globally reachable.
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

  /// Returns true if a host is this machine, or an address that is not globally reachable, by its text
  /// alone: names are not resolved.
  package static func isPrivate(host: String) -> Bool {
    let name = host.lowercased().filter { $0 != "[" && $0 != "]" }
    if name == "localhost" || name.hasSuffix(".localhost") { return true }
    return InternetAddress(text: name).map { !isPublic($0) } ?? false
  }

  private static let specialIPv4: [(prefix: [UInt8], bits: Int)] = [
    ([0], 8),  // this network, and the unspecified address
    ([10], 8),  // private
    ([100, 64], 10),  // shared by carriers behind NAT
    ([127], 8),  // loopback
    ([169, 254], 16),  // link-local, used by cloud metadata services
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
    ([0x20, 0x01, 0x00], 23),  // protocol assignments, including Teredo
    ([0x20, 0x01, 0x0d, 0xb8], 32),  // documentation
    ([0x3f, 0xff, 0x00], 20),  // documentation
  ]

  /// The IPv6 prefixes that embed IPv4, each with the index of the first of the four bytes.
  private static let embeddedIPv4: [(prefix: [UInt8], bits: Int, at: Int)] = [
    ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96, 12),  // mapped (RFC 4291)
    ([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96, 12),  // NAT64 (RFC 6052)
    ([0x20, 0x02], 16, 2),  // 6to4 (RFC 3056)
  ]
}
