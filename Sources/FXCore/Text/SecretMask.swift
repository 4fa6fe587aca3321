/// Recognizes texts that look like secrets, for messages that quote a config into which one was written
/// by mistake.
///
/// Recognized are passwords in URLs, values of parameters such as `api_key=`, tokens that begin as
/// those of common services do (`whsec_`, `xoxb-`, `ghp_` …), credentials of HTTP, and long words in
/// which letters and digits alternate as in random text.
package enum SecretMask {
  /// The text in the place of a secret.
  private static let mask = "[secret]"

  /// Returns a text with `[secret]` in the place of each part that looks like a secret.
  package static func masked(_ text: String) -> String {
    masked(text, with: SecretSigns(in: text))
  }

  /// Returns a text in which secrets of the kinds of these signs are masked.
  package static func masked(_ text: String, with signs: SecretSigns) -> String {
    var masked = text
    if signs.contains(.address) {
      masked.replace(/([a-zA-Z][a-zA-Z0-9+.-]*:\/\/)?([^\s'"<>]+)/) { match in
        guard let scheme = match.output.1 else { return withoutPassword(word: match.output.2) }
        return scheme + withoutPassword(address: match.output.2)
      }
    }
    if signs.contains(.parameter) {
      masked.replace(
        /([?&;](?:[a-z_.-]*(?:key|token|secret|passw(?:or)?d|pwd|signature)|app_?id|auth|sig|pass)=)([^\s'"&;#…]+)/
          .ignoresCase()
      ) { $0.output.2.hasPrefix("{") ? String($0.output.0) : $0.output.1 + mask }
    }
    if signs.contains(.scheme) {
      masked.replace(/\b(bearer|basic)( +)([A-Za-z0-9+\/=_.~-]{8,})/.ignoresCase()) {
        looksLikeName($0.output.3) ? String($0.output.0) : $0.output.1 + $0.output.2 + mask
      }
    }
    if signs.contains(.token) {
      masked.replace(
        /(?:whsec_|xox[a-z]-|xapp-|gh[opsu]_|github_pat_|glpat-|[spr]k_(?:live|test)_|sk-|tk_|AKIA|AIza|ya29\.|eyJ|SG\.)[A-Za-z0-9+\/=_.-]{4,}/
      ) { looksLikeName($0.output) ? String($0.output) : mask }
    }
    if signs.contains(.numberedToken) {
      masked.replace(/\b[0-9]{6,}:[A-Za-z0-9_-]{16,}/) { _ in mask }
    }
    if signs.contains(.word) {
      masked.replace(/[A-Za-z0-9]{20,}/) { isRandom($0.output) ? mask : String($0.output) }
    }
    return masked
  }

  /// Returns true if a whole text is a secret rather than the name of one.
  package static func isSecret(_ text: String) -> Bool { masked(text) == mask }

  /// Returns `user:password@host` without the password, and any other word as it is.
  private static func withoutPassword(word: Substring) -> String {
    guard let end = word.lastIndex(of: "@"), let colon = word[..<end].firstIndex(of: ":") else {
      return String(word)
    }
    return word[...colon] + mask + word[end...]
  }

  /// Returns the part of a URL after its scheme, without the password or the token before its host.
  private static func withoutPassword(address: Substring) -> String {
    let authority = address.prefix { !"/?#".contains($0) }
    if authority.contains("@") {
      let end = authority.lastIndex(of: "@") ?? authority.endIndex
      return authority[..<end].contains(":")
        ? withoutPassword(word: authority) + address[authority.endIndex...]
        : mask + address[end...]
    }
    guard authority.first != "[", let colon = authority.firstIndex(of: ":"),
      !authority[colon...].dropFirst().allSatisfy(\.isNumber)
    else { return String(address) }
    // No port follows the colon: a password with a slash, or one that was cut.
    return address.contains("@")
      ? withoutPassword(word: address)
      : address.hasSuffix("…") ? address[...colon] + mask + "…" : String(address)
  }

  /// Returns true for a word such as `sk-prices` or `tk_names`, which has a known beginning by chance.
  private static func looksLikeName(_ word: Substring) -> Bool {
    !word.hasPrefix("whsec_") && !word.contains(where: \.isNumber)
  }

  /// Returns true if a word alternates between small letters, capitals and digits as random text does.
  private static func isRandom(_ word: Substring) -> Bool {
    var (changes, numbers) = (0, 0)
    var previous: Int?
    for character in word {
      let kind = character.isNumber ? 0 : character.isUppercase ? 1 : 2
      if previous != kind {
        changes += 1
        if kind == 0 { numbers += 1 }
      }
      previous = kind
    }
    return numbers >= 2 && changes >= 6
  }
}
