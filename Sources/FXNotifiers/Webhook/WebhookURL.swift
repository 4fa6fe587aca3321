/// Which addresses webhooks are posted to.
enum WebhookURL {
  /// Longer addresses are refused by common servers.
  private static let maximumBytes = 2048

  /// What is wrong with an address; nil where nothing is.
  ///
  /// Beyond its scheme it is never quoted, because paths and queries can carry tokens.
  static func problem(in url: String) -> String? {
    guard url.utf8.count <= maximumBytes else {
      return "the address is longer than \(maximumBytes) bytes"
    }
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return "the address has white space or characters beyond ASCII; write those percent-encoded"
    }
    let scheme = url.split(separator: "://", maxSplits: 1).first.map(String.init) ?? ""
    guard ["http", "https"].contains(scheme.lowercased()), url.contains("://") else {
      return "the address must begin with https:// or http://"
    }
    let authority = url.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      return "the address holds a user name or a password; send them in a header instead: "
        + "headers: {Authorization: {credential: NAME}}"
    }
    guard let first = authority.first, first != ":" else { return "the address names no host" }
    return nil
  }
}

/// Which headers the administrator may add.
enum WebhookHeaderRules {
  /// A header's value; servers refuse much longer ones.
  private static let maximumValueBytes = 4096

  /// What fxwatch or the transport sets itself.
  private static let reserved: Set = [
    "connection", "content-length", "content-type", "expect", "host", "transfer-encoding",
    "upgrade",
    "webhook-id", "webhook-signature", "webhook-timestamp",
  ]

  /// Whose value is always a secret.
  private static let secret: Set = ["authorization", "cookie", "proxy-authorization", "x-api-key"]

  /// What is wrong with a header's name; nil where nothing is.
  static func problem(inName name: String, isSecret: Bool) -> String? {
    let isToken =
      !name.isEmpty
      && name.utf8.allSatisfy {
        (0x21...0x7E).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0)
      }
    guard isToken else { return "'\(name)' cannot be the name of a header" }
    if reserved.contains(name.lowercased()) { return "'\(name)' is set by fxwatch; leave it out" }
    if secret.contains(name.lowercased()), !isSecret {
      return "the value of '\(name)' is a secret; write {credential: NAME} or {file: PATH}"
    }
    return nil
  }

  /// What is wrong with a header's value, which is not quoted; nil where nothing is.
  static func problem(inValue value: String) -> String? {
    guard value.utf8.count <= maximumValueBytes else {
      return "the value is longer than \(maximumValueBytes) bytes"
    }
    guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return "the value has line breaks or characters beyond ASCII, which no header can carry"
    }
    return nil
  }
}
