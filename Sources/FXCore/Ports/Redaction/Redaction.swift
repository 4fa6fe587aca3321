/// The secrets that a request carries, to be removed from every text of its answer.
///
/// A server that quotes the request in an error, a title or a rate would otherwise put the secret
/// into logs, the database and notifications. A secret is recognized in any mixture of its spellings:
/// as it is, ignoring case; percent-encoded or as a form (`+`), with escapes of JSON or HTML, also
/// repeatedly; in base64, alone or within the credentials of HTTP and SMTP; and cut, where the text is.
///
/// A secret of fewer than four characters is removed only as a word of its own and only as it is:
/// anywhere else it is not recognizable, and the text would lose parts of other words.
package struct Redaction: Hashable, Sendable {
  /// The text in the place of a secret.
  package static let replacement = "[secret]"

  /// The fewest bytes of a secret that are searched for within words.
  static let shortest = 4

  private let spellings: Set<SecretSpelling>

  /// Creates the redaction of an answer to a request with these secrets.
  package init(_ secrets: [Secret]) {
    self.init(secrets.reduce(into: []) { $0.formUnion(SecretSpelling.spellings(of: $1)) })
  }

  private init(_ spellings: Set<SecretSpelling>) {
    self.spellings = spellings
  }

  /// Returns the redaction of one more secret.
  package func adding(_ secret: Secret) -> Redaction {
    Redaction(spellings.union(SecretSpelling.spellings(of: secret)))
  }

  /// The redaction of an answer to a request without secrets.
  package static let none = Redaction([])

  /// True if there is no secret.
  package var isEmpty: Bool { spellings.isEmpty }

  /// Returns a text with `[secret]` in the place of each secret.
  package func redacted(_ text: String) -> String {
    if isEmpty { return text }
    let found = ranges(in: text, cutToo: true)
    if found.isEmpty { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard range.upperBound > position else { continue }
      if range.lowerBound >= position {
        result += bytes[position..<range.lowerBound]
        result += Array(Self.replacement.utf8)
      }
      position = range.upperBound
    }
    return String(decoding: result + bytes[position...], as: UTF8.self)
  }

  /// Returns true if a text contains a whole secret.
  package func isFound(in text: String) -> Bool {
    !isEmpty && !ranges(in: text, cutToo: false).isEmpty
  }

  /// Returns true if the digits of a number contain a secret of at least six digits; shorter ones are
  /// part of many numbers.
  package func isFound(inNumber text: String) -> Bool {
    spellings.contains {
      $0.isNumber && !$0.ranges(in: UnescapedText(text), cutToo: false).isEmpty
    }
  }

  /// Returns the places of all secrets, in bytes of UTF-8; with `cutToo` also of their beginnings where
  /// the text is cut.
  private func ranges(in text: String, cutToo: Bool) -> [Range<Int>] {
    var text = UnescapedText(text)
    var found: [Range<Int>] = []
    repeat {
      for spelling in spellings { found += spelling.ranges(in: text, cutToo: cutToo) }
    } while text.unescape()
    return found
  }
}

extension Redaction: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "\(spellings.count) spellings" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
