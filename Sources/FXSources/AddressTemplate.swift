import FXCore

/// An address, header or request body with placeholders, which are replaced at each fetch.
///
/// `{day:dd.mm.yyyy}` is the day of the fetch, `{day+1:…}` and `{day-7:…}` days around it, and
/// `{key}` the source's secret. All other text is literal.
struct AddressTemplate: Hashable {
  private enum Part: Hashable {
    case literal(String)
    case day(offset: Int, DateFormat)
    case key
  }

  private let parts: [Part]

  /// True if the text contains `{key}`.
  var hasKey: Bool { parts.contains(.key) }

  /// A template; nil if a placeholder that begins with `{day` or `{key` is invalid.
  init?(_ text: String) {
    var parts: [Part] = []
    var rest = text[...]
    while let start = ["{day", "{key"].compactMap({ rest.firstRange(of: $0)?.lowerBound }).min() {
      guard let end = rest[start...].firstIndex(of: "}"),
        let part = Self.part(rest[rest.index(after: start)..<end])
      else { return nil }
      parts.append(.literal(String(rest[..<start])))
      parts.append(part)
      rest = rest[end...].dropFirst()
    }
    parts.append(.literal(String(rest)))
    self.parts = parts
  }

  /// The largest offset from the day of the fetch: 366 days, for archives.
  private static let farthestDay = 366

  private static func part(_ words: Substring) -> Part? {
    if words == "key" { return .key }
    let halves = words.dropFirst(3).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.hasPrefix("day"), halves.count == 2,
      let offset = halves[0].isEmpty ? 0 : Int(halves[0]), abs(offset) <= farthestDay,
      let format = DateFormat(piece: String(halves[1]))
    else { return nil }
    return .day(offset: offset, format)
  }

  /// Returns the text for one fetch; `encode` escapes the secret.
  func text(on day: CalendarDay, key: Secret?, _ encode: (String) -> String) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .day(let offset, let format): format.text(of: day.advanced(by: offset))
      case .key: encode(key?.reveal() ?? "")
      }
    }.joined()
  }

  /// Returns the text for display and storage: with its days, and `{key}` instead of the secret.
  func shown(on day: CalendarDay) -> String {
    text(on: day, key: nil) { _ in "{key}" }
  }

  /// Escapes a secret for an address: all characters except letters, digits and `-._~`.
  static func percentEncoded(_ text: String) -> String {
    let hexadecimal = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber)
        || "-._~".contains(character)
        ? String(character)
        : "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
    }.joined()
  }
}
