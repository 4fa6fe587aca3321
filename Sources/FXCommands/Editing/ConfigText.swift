/// The text of a config, to which entries are added without a change of anything else.
package struct ConfigText: Sendable {
  /// The lines without their ends.
  private let lines: [String]
  private let lineEnd: String

  /// The text of a file.
  package init(_ text: String) {
    // A Character would be the whole of a carriage return and a newline.
    lineEnd = text.utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lineEnd == "\r\n" {
      lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0.last == 13 ? $0.dropLast() : $0, as: UTF8.self) }
    }
    if lines.last == "" { lines.removeLast() }
    self.lines = lines
  }

  /// Returns the text with an entry at the end of a section, which is added if there is none; nil if the
  /// section is written in a form in which an entry cannot be added by a line, such as `sources: {…}`.
  ///
  /// The lines of the entry are indented by two for its keys.
  package func adding(_ entry: [String], to section: String) -> String? {
    guard let start = lines.firstIndex(where: { Self.key(of: $0) == section }) else {
      let gap = lines.isEmpty || lines.last?.isEmpty == true ? [] : [""]
      return joined(lines + gap + ["\(section):"] + entry.map { "  " + $0 })
    }
    var head = lines[start]
    let value = Self.value(of: head)
    guard value.isEmpty || value == "{}" || value == "null" || value == "~" else { return nil }
    let end =
      lines[(start + 1)...].firstIndex { line in
        !line.isEmpty && !line.hasPrefix(" ") && !line.hasPrefix("#")
      } ?? lines.endIndex
    let body = lines[(start + 1)..<end]
    // A comment that is not indented belongs to what follows.
    let last = body.lastIndex { $0.hasPrefix(" ") && $0.contains { $0 != " " } } ?? start
    let first = body.first { $0.hasPrefix(" ") && !$0.drop { $0 == " " }.hasPrefix("#") }
    guard first.map({ !$0.drop { $0 == " " }.hasPrefix("-") }) ?? true else { return nil }
    if value == "{}" || value == "null" || value == "~" {
      guard first == nil, let range = head.range(of: value, after: section.count) else {
        return nil
      }
      head.removeSubrange(range)
      while head.last == " " { head.removeLast() }
    }
    let indent = first.map { String($0.prefix { $0 == " " }) } ?? "  "
    return joined(
      Array(lines[..<start]) + [head] + lines[(start + 1)..<(last + 1)]
        + entry.map { indent + $0 } + lines[(last + 1)...])
  }

  private func joined(_ lines: [String]) -> String {
    lines.map { $0 + lineEnd }.joined()
  }

  /// Returns the key of a line that begins a section; nil for other lines.
  private static func key(of line: String) -> String? {
    guard let first = line.first, first.isLetter, let colon = line.firstIndex(of: ":") else {
      return nil
    }
    return String(line[..<colon])
  }

  /// Returns what follows the key of a line, without a comment.
  private static func value(of line: String) -> String {
    let rest = line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }
    let text = rest.hasPrefix("#") ? "" : rest.split(separator: " #", maxSplits: 1).first ?? ""
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}

extension String {
  /// Returns the first place of a text behind a number of characters.
  fileprivate func range(of text: String, after count: Int) -> Range<Index>? {
    self[index(startIndex, offsetBy: count)...].firstRange(of: text)
  }
}
