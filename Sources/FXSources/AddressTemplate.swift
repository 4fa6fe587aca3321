import FXCore

/// An address, or a request's body, with places that are filled in when it is used.
///
/// `{day:dd.mm.yyyy}` is the day of the fetch, `{day+1:…}` and `{day-7:…}` days around it, and
/// `{key}` the source's secret. Everything else stands as it is.
struct AddressTemplate: Hashable {
  private enum Part: Hashable {
    case literal(String)
    case day(offset: Int, DateFormat)
    case key
  }

  private let parts: [Part]

  /// Whether the source's secret stands in it.
  var hasKey: Bool { parts.contains(.key) }

  /// A template; nil where something in braces after `{day` or `{key` is neither.
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

  /// The farthest day around that of the fetch: a year and a day, for archives.
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

  /// The text for one fetch; `encode` makes the secret fit for where it stands.
  func text(on day: CalendarDay, key: Secret?, _ encode: (String) -> String) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .day(let offset, let format): format.text(of: day.advanced(by: offset))
      case .key: encode(key?.reveal() ?? "")
      }
    }.joined()
  }

  /// The text as it may be shown and stored: with its days, and `{key}` where the secret stands.
  func shown(on day: CalendarDay) -> String {
    text(on: day, key: nil) { _ in "{key}" }
  }

  /// A secret as it stands in an address: everything but letters, digits and `-._~` escaped.
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
