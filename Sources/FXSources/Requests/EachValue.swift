import FXCore

/// The values of `each`: a source with several requests, one for each value of a placeholder.
enum EachValue {
  /// The most requests of one poll.
  static let most = 100

  /// Reads `each: {code: [USD, EUR]}`; nil if it is absent or wrong, which is then reported.
  static func read(from section: SettingsSection) -> (name: String, values: [String])? {
    guard let each = section.section("each") else { return nil }
    guard each.keys.count == 1, let name = each.keys.first, RequestSettings.isName(name) else {
      section.problem("each", "expected one name with its values, such as {code: [USD, EUR]}")
      return nil
    }
    var values: [String] = []
    for (text, mark) in each.strings(name) ?? [] {
      if !isValue(text) {
        each.problem(
          name, at: mark, "'\(text)' is not a value; use letters, digits, '-', '.' and '_'")
      } else if values.contains(text) {
        each.problem(name, at: mark, "'\(text)' occurs twice")
      } else {
        values.append(text)
      }
    }
    guard (1...most).contains(values.count) else {
      section.problem("each", "expected 1 to \(most) values, found \(values.count)")
      return nil
    }
    return (name, values)
  }

  private static func isValue(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        NumberMarks.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
      }
  }
}

extension SettingsNode {
  /// Returns the node with a placeholder replaced in every text.
  func replacing(_ placeholder: String, by value: String) -> SettingsNode {
    switch self.value {
    case .absent: self
    case .scalar(let text, let isQuoted):
      SettingsNode(
        .scalar(
          text.split(separator: placeholder, omittingEmptySubsequences: false)
            .joined(separator: value), isQuoted: isQuoted), at: mark)
    case .list(let items):
      SettingsNode(.list(items.map { $0.replacing(placeholder, by: value) }), at: mark)
    case .map(let entries):
      SettingsNode(
        .map(
          entries.map { entry in
            SettingsEntry(
              key: entry.key, keyMark: entry.keyMark,
              node: entry.node.replacing(placeholder, by: value))
          }), at: mark)
    }
  }
}
