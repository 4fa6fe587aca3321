/// Checks the URLs that webhooks are posted to.
enum WebhookURL {
  /// The longest URL in bytes; common servers reject longer ones.
  private static let maximumBytes = 2048

  /// Returns the problem of a URL; nil if it is valid.
  ///
  /// The URL is never quoted, because paths and queries can contain tokens.
  static func problem(in url: String) -> String? {
    guard url.utf8.count <= maximumBytes else {
      return "the URL is longer than \(maximumBytes) bytes"
    }
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return "the URL contains white space or non-ASCII characters; percent-encode them"
    }
    let scheme = url.split(separator: "://", maxSplits: 1).first.map(String.init) ?? ""
    guard ["http", "https"].contains(scheme.lowercased()), url.contains("://") else {
      return "the URL must start with https:// or http://"
    }
    let authority = url.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      return "the URL contains a user name or a password; send them in a header instead: "
        + "headers: {Authorization: {credential: NAME}}"
    }
    guard let first = authority.first, first != ":" else {
      return "the URL has no host; write it like https://ops.example/hook"
    }
    return nil
  }
}
