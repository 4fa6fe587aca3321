/// Checks the headers that the administrator adds.
enum WebhookHeaderRules {
  /// The longest value in bytes; servers reject much longer ones.
  private static let maximumValueBytes = 4096

  /// The headers that fxwatch or the transport sets.
  private static let reserved: Set = [
    "connection", "content-length", "content-type", "expect", "host", "transfer-encoding",
    "upgrade",
    "webhook-id", "webhook-signature", "webhook-timestamp",
  ]

  /// The headers whose value is always a secret.
  private static let secret: Set = ["authorization", "cookie", "proxy-authorization", "x-api-key"]

  /// Returns the problem of a header's name; nil if it is valid.
  static func problem(inName name: String, isSecret: Bool) -> String? {
    let isToken =
      !name.isEmpty
      && name.utf8.allSatisfy {
        (0x21...0x7E).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0)
      }
    guard isToken else { return "'\(name)' is not a valid header name" }
    if reserved.contains(name.lowercased()) { return "'\(name)' is set by fxwatch; remove it" }
    if secret.contains(name.lowercased()), !isSecret {
      return "the value of '\(name)' is a secret; write {credential: NAME} or {file: PATH}"
    }
    return nil
  }

  /// Returns the problem of a header's value, without quoting it; nil if it is valid.
  static func problem(inValue value: String) -> String? {
    guard value.utf8.count <= maximumValueBytes else {
      return "the value is longer than \(maximumValueBytes) bytes"
    }
    guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return "the value contains line breaks or non-ASCII characters; use one line of ASCII"
    }
    return nil
  }
}
