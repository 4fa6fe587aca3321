/// An http or https address of a source's settings.
struct WebAddress: Hashable {
  /// The host in lower case, without the port; an IPv6 address in brackets.
  let host: String

  /// The port; that of the scheme where the address has none.
  let port: Int

  /// Parses an absolute address; nil for another scheme, no host, a user name or password, or invalid
  /// characters.
  init?(_ text: String) {
    let lowercased = text.lowercased()
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
      let scheme = ["http://", "https://"].first(where: { lowercased.hasPrefix($0) })
    else { return nil }
    let authority = lowercased.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { return nil }
    var host = authority
    var port = scheme == "https://" ? 443 : 80
    if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
      let digits = authority[authority.index(after: colon)...]
      guard let number = Int(digits), (1...65_535).contains(number) else { return nil }
      host = authority[..<colon]
      port = number
    }
    let isName = host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
    let isIPv6 = host.hasPrefix("[") && host.hasSuffix("]")
    guard !host.isEmpty, isName || isIPv6 else { return nil }
    self.host = String(host)
    self.port = port
  }
}
