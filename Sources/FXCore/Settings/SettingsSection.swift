/// Reads one map of the config key by key and collects every problem.
///
/// A reading method returns nil for an absent key and for an invalid value; the invalid value has
/// then been reported. Call `finish()` after all keys were read: it reports the others as unknown.
/// Not Sendable: one task reads a config.
package final class SettingsSection {
  /// The keys from the root of the config to this map.
  package let path: [String]

  /// The place of the map's first character, or of its name if it has one (`sections`).
  package let mark: SettingsMark

  private let entries: [SettingsEntry]
  private let problems: SettingsProblems
  private var readKeys: Set<String> = []

  /// The section that this one is a copy of.
  private var original: SettingsSection?

  /// Creates a section of a map; any other node is reported and read as an empty map.
  package convenience init(_ node: SettingsNode, path: [String], problems: SettingsProblems) {
    self.init(node, mark: node.mark, path: path, problems: problems)
  }

  private init(
    _ node: SettingsNode, mark: SettingsMark, path: [String], problems: SettingsProblems
  ) {
    self.path = path
    self.mark = mark
    self.problems = problems
    switch node.value {
    case .map(let entries): self.entries = entries
    case .absent: self.entries = []
    case .scalar(let text, _):
      self.entries = []
      problems.add(node.mark, path, "expected keys and values, found \(text.quoted)")
    case .list:
      self.entries = []
      problems.add(node.mark, path, "expected keys and values, found a list")
    }
  }

  /// Returns a copy without a key, and with every other value changed; keys that are read there count as
  /// read here.
  ///
  /// Problems are reported here, or to `problems`.
  package func replacing(
    without key: String, problems: SettingsProblems? = nil,
    _ change: (SettingsNode) -> SettingsNode
  ) -> SettingsSection {
    let copied = entries.filter { $0.key != key }.map { entry in
      SettingsEntry(key: entry.key, keyMark: entry.keyMark, node: change(entry.node))
    }
    let copy = SettingsSection(
      SettingsNode(.map(copied), at: mark), mark: mark, path: path,
      problems: problems ?? self.problems)
    copy.original = self
    return copy
  }

  /// Returns a copy with other texts for some keys.
  package func setting(
    _ texts: [String: String], without key: String, problems: SettingsProblems? = nil
  ) -> SettingsSection {
    let copied =
      entries.filter { $0.key != key && texts[$0.key] == nil }
      + texts.sorted { $0.key < $1.key }.map { name, text in
        SettingsEntry(
          key: name, keyMark: mark, node: SettingsNode(.scalar(text, isQuoted: false), at: mark))
      }
    let copy = SettingsSection(
      SettingsNode(.map(copied), at: mark), mark: mark, path: path,
      problems: problems ?? self.problems)
    copy.original = self
    return copy
  }

  /// The keys in the order written.
  package var keys: [String] { entries.map(\.key) }

  /// Reports a problem with a key of this section, or with the section if it has no such key.
  package func problem(
    _ key: String?, _ message: String, isWarning: Bool = false, isTransient: Bool = false
  ) {
    let entry = key.flatMap { key in entries.first { $0.key == key } }
    problems.add(
      entry?.node.mark ?? mark, path + (key.map { [$0] } ?? []), message, isWarning: isWarning,
      isTransient: isTransient)
  }

  /// Reads a key; nil if it is absent or has no value.
  package func node(_ key: String) -> SettingsNode? {
    readKeys.insert(key)
    original?.readKeys.insert(key)
    guard let node = entries.first(where: { $0.key == key })?.node, node.value != .absent else {
      return nil
    }
    return node
  }

  /// Reads a text.
  package func string(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, _) = node.value else {
      problem(key, "expected one value, found \(Self.kind(of: node))")
      return nil
    }
    return text
  }

  /// Reads a text and reports a missing key; `reason` is the end of the message.
  package func requiredString(_ key: String, because reason: String) -> String? {
    if node(key) == nil {
      problem(nil, "'\(key)' is missing; \(reason)")
      return nil
    }
    return string(key)
  }

  /// Reads a value with `parse`; `expected` is the end of the message if it returns nil.
  package func value<Value>(
    _ key: String, expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = string(key) else { return nil }
    guard let value = parse(text) else {
      problem(key, "\(text.quoted) is not \(expected)")
      return nil
    }
    return value
  }

  /// Reads one of an enumeration's words.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let text = string(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    problem(
      key,
      "\(text.quoted) is not one of \(words.joined(separator: ", "))"
        + NearestName.suggestion(for: text, among: words))
    return nil
  }

  /// Reads `true` or `false`.
  package func flag(_ key: String) -> Bool? {
    value(key, expected: "true or false") { $0 == "true" ? true : $0 == "false" ? false : nil }
  }

  /// Reads a whole number in a range.
  package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    value(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// Reads a duration such as `90s`, `15m`, `24h` or `7d` that is not shorter than `minimum`.
  package func duration(_ key: String, minimum: Duration = .zero) -> Duration? {
    guard let text = string(key) else { return nil }
    guard let duration = DurationText.parse(text) else {
      problem(key, "\(text.quoted) is not a duration; write it like 90s, 15m, 24h or 7d")
      return nil
    }
    guard duration >= minimum else {
      problem(key, "\(text.quoted) is too short; use \(DurationText.text(minimum)) or more")
      return nil
    }
    return duration
  }

  /// Reads a list of texts; a single value is read as a list of one.
  package func strings(_ key: String) -> [(text: String, mark: SettingsMark)]? {
    guard let node = node(key) else { return nil }
    switch node.value {
    case .absent: return nil
    case .scalar(let text, _): return [(text, node.mark)]
    case .map:
      problem(key, "expected a list, found keys and values")
      return nil
    case .list(let items):
      var texts: [(text: String, mark: SettingsMark)] = []
      for item in items {
        if case .scalar(let text, _) = item.value {
          texts.append((text, item.mark))
        } else {
          problems.add(item.mark, path + [key], "expected one value, found \(Self.kind(of: item))")
        }
      }
      return texts
    }
  }

  /// Reports a problem with a part of a key's value, such as one element of a list.
  package func problem(_ key: String, at mark: SettingsMark, _ message: String) {
    problems.add(mark, path + [key], message)
  }

  /// Returns the section of a key; nil if the key is absent.
  package func section(_ key: String) -> SettingsSection? {
    node(key).map { SettingsSection($0, path: path + [key], problems: problems) }
  }

  /// Returns the sections of a map of names, in the order written; empty if the key is absent.
  ///
  /// A repeated name is returned once, with its first settings: the reader of the file has reported
  /// the others.
  package func sections(_ key: String) -> [(name: String, section: SettingsSection)] {
    guard let node = node(key) else { return [] }
    guard case .map(let entries) = node.value else {
      problem(key, "expected names with their settings, found \(Self.kind(of: node))")
      return []
    }
    var names: Set<String> = []
    return entries.filter { names.insert($0.key).inserted }.map { entry in
      let section = SettingsSection(
        entry.node, mark: entry.keyMark, path: path + [key, entry.key], problems: problems)
      return (entry.key, section)
    }
  }

  /// Returns the sections of a list of maps in order; with `orOne`, also of a single map.
  ///
  /// Empty if the key is absent.
  package func items(_ key: String, orOne: Bool = false) -> [SettingsSection] {
    guard let node = node(key) else { return [] }
    switch node.value {
    case .list(let items):
      return items.map { SettingsSection($0, path: path + [key], problems: problems) }
    case .map where orOne: return [SettingsSection(node, path: path + [key], problems: problems)]
    default:
      problem(key, "expected a list, found \(Self.kind(of: node))")
      return []
    }
  }

  /// Reports every key that was not read as unknown, with the nearest known key.
  package func finish() {
    let known = readKeys.sorted()
    for entry in entries where !readKeys.contains(entry.key) {
      problems.add(
        entry.keyMark, path,
        "unknown key \(entry.key.quoted); expected one of \(known.joined(separator: ", "))"
          + NearestName.suggestion(for: entry.key, among: known))
    }
  }

  private static func kind(of node: SettingsNode) -> String {
    switch node.value {
    case .absent: "nothing"
    case .scalar(let text, _): "\(text.quoted)"
    case .list: "a list"
    case .map: "keys and values"
    }
  }
}
