import FXCore

/// An address, header or request body with placeholders, which are replaced at each fetch.
///
/// `{day:dd.mm.yyyy}` is the day of the fetch, `{day+1:…}` and `{day-7:…}` days around it, `{key}` the
/// source's secret, and `{name}` a text of an earlier response if the name is known. All other text is
/// literal.
struct AddressTemplate: Hashable {
  private enum Part: Hashable {
    case literal(String)
    case day(offset: Int, DateFormat)
    case key
    case name(String)
  }

  private let parts: [Part]

  /// True if the text contains `{key}`.
  var hasKey: Bool { parts.contains(.key) }

  /// The placeholder of an earlier response's text at the start, which is then an address.
  var leadingName: String? {
    if case .name(let name)? = parts.first { name } else { nil }
  }

  /// True if a text of an earlier response would be a part of the host.
  var hasNameInHost: Bool {
    guard leadingName == nil else { return false }
    var before = ""
    for part in parts {
      switch part {
      case .literal(let text): before += text
      case .day, .key: before += "0"
      case .name:
        let rest = before.firstRange(of: "://").map { before[$0.upperBound...] } ?? before[...]
        if !rest.contains(where: { "/?#".contains($0) }) { return true }
      }
    }
    return false
  }

  /// A template; nil if a placeholder that begins with `{day` or `{key` is invalid.
  init?(_ text: String, names: Set<String> = []) {
    var parts: [Part] = []
    var rest = text[...]
    let marks = names.map { "{\($0)}" } + ["{day", "{key"]
    while let start = marks.compactMap({ rest.firstRange(of: $0)?.lowerBound }).min() {
      guard let end = rest[start...].firstIndex(of: "}"),
        let part = Self.part(rest[rest.index(after: start)..<end], names)
      else { return nil }
      if start > rest.startIndex { parts.append(.literal(String(rest[..<start]))) }
      parts.append(part)
      rest = rest[end...].dropFirst()
    }
    parts.append(.literal(String(rest)))
    self.parts = parts
  }

  /// The largest offset from the day of the fetch: 366 days, for archives.
  private static let farthestDay = 366

  private static func part(_ words: Substring, _ names: Set<String>) -> Part? {
    if names.contains(String(words)) { return .name(String(words)) }
    if words == "key" { return .key }
    let halves = words.dropFirst(3).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.hasPrefix("day"), halves.count == 2,
      let offset = halves[0].isEmpty ? 0 : Int(halves[0]), abs(offset) <= farthestDay,
      let format = DateFormat(piece: String(halves[1]))
    else { return nil }
    return .day(offset: offset, format)
  }

  /// Returns the text for one fetch; `encode` escapes the secret and the texts of earlier responses,
  /// except for an address at the start.
  func text(
    on day: CalendarDay, key: Secret?, texts: [String: String] = [:], _ encode: (String) -> String
  ) -> String {
    parts.enumerated().map { index, part in
      switch part {
      case .literal(let text): text
      case .day(let offset, let format): format.text(of: day.advanced(by: offset))
      case .key: encode(key?.reveal() ?? "")
      case .name(let name): index == 0 ? texts[name] ?? "" : encode(texts[name] ?? "")
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

  /// Escapes a text for a string of JSON.
  static func jsonEscaped(_ text: String) -> String {
    String(JSONValue.string(text).description.dropFirst().dropLast())
  }
}
