/// A pattern for names: a text in which `*` stands for any characters, and everything else for itself.
package struct NamePattern: Hashable, Sendable {
  /// The pattern as written.
  package let text: String

  /// True if it can match different texts.
  package let hasWildcard: Bool

  /// A pattern.
  package init(_ text: String) {
    self.text = text
    hasWildcard = text.utf8.contains(Self.any)
  }

  private static let any = UInt8(ascii: "*")

  /// Returns true if a text matches.
  ///
  /// Cost: at most the product of both lengths, whatever the pattern.
  package func matches(_ other: String) -> Bool {
    guard hasWildcard else { return text == other }
    let (pattern, bytes) = (Array(text.utf8), Array(other.utf8))
    var (place, position) = (0, 0)
    // The latest wildcard, and the place up to which it stands for the text.
    var wildcard: (place: Int, position: Int)?
    while position < bytes.count {
      if place < pattern.count, pattern[place] == Self.any {
        wildcard = (place, position)
        place += 1
      } else if place < pattern.count, pattern[place] == bytes[position] {
        place += 1
        position += 1
      } else if let latest = wildcard {
        wildcard = (latest.place, latest.position + 1)
        (place, position) = (latest.place + 1, latest.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == Self.any }
  }
}
