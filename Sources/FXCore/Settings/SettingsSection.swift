/// Reads one map of the config key by key, collects every problem instead of stopping at the first,
/// and refuses the keys nobody asked for.
///
/// Each part of fxwatch reads its own settings with it. A reader method returns nil both for an
/// absent key and for a bad value; the bad value has then been reported. Call `finish()` once all
/// keys are read: what was not asked for is unknown. Not Sendable: a config is read in one go.
package final class SettingsSection {
  /// The keys that lead here.
  package let path: [String]

  /// Where the map begins; of a named one (`sections`), where its name stands.
  package let mark: SettingsMark

  private let entries: [SettingsEntry]
  private let log: SettingsProblems
  private var asked: Set<String> = []

  /// A section over a map; any other node is reported and read as an empty map.
  package convenience init(_ node: SettingsNode, path: [String], problems: SettingsProblems) {
    self.init(node, mark: node.mark, path: path, problems: problems)
  }

  private init(
    _ node: SettingsNode, mark: SettingsMark, path: [String], problems: SettingsProblems
  ) {
    self.path = path
    self.mark = mark
    self.log = problems
    switch node.value {
    case .map(let entries): self.entries = entries
    case .absent: self.entries = []
    case .scalar(let text, _):
      self.entries = []
      problems.add(node.mark, path, "expected keys and values here, found \(text.quoted)")
    case .list:
      self.entries = []
      problems.add(node.mark, path, "expected keys and values here, found a list")
    }
  }

  /// The keys as written, in order.
  package var keys: [String] { entries.map(\.key) }

  /// Reports a problem at a key of this section, or at the section itself where it has no such key.
  package func problem(_ key: String?, _ message: String, isWarning: Bool = false) {
    let entry = key.flatMap { key in entries.first { $0.key == key } }
    log.add(
      entry?.node.mark ?? mark, path + (key.map { [$0] } ?? []), message, isWarning: isWarning)
  }

  /// The node of a key; nil where the key is absent or nothing is written there.
  package func node(_ key: String) -> SettingsNode? {
    asked.insert(key)
    guard let node = entries.first(where: { $0.key == key })?.node, node.value != .absent else {
      return nil
    }
    return node
  }

  /// The text of a key.
  package func string(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, _) = node.value else {
      problem(key, "expected one value, found \(Self.kind(of: node))")
      return nil
    }
    return text
  }

  /// The text of a key that must be there.
  package func requiredString(_ key: String, because reason: String) -> String? {
    if node(key) == nil {
      problem(nil, "'\(key)' is missing; \(reason)")
      return nil
    }
    return string(key)
  }

  /// The value of a key as `parse` reads it; `expected` ends the sentence where it cannot.
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

  /// One of an enumeration's words.
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

  /// `true` or `false`.
  package func flag(_ key: String) -> Bool? {
    value(key, expected: "true or false") { $0 == "true" ? true : $0 == "false" ? false : nil }
  }

  /// A whole number in a range.
  package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    value(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A duration such as `90s`, `15m`, `24h` or `7d`, at least `minimum`.
  package func duration(_ key: String, minimum: Duration = .zero) -> Duration? {
    guard let text = string(key) else { return nil }
    guard let duration = DurationText.parse(text) else {
      problem(key, "\(text.quoted) is not a duration; write it like 90s, 15m, 24h or 7d")
      return nil
    }
    guard duration >= minimum else {
      problem(key, "\(text.quoted) is too short; the shortest is \(DurationText.text(minimum))")
      return nil
    }
    return duration
  }

  /// A list of texts; a single value is read as a list of one.
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
          log.add(item.mark, path + [key], "expected one value, found \(Self.kind(of: item))")
        }
      }
      return texts
    }
  }

  /// Reports a problem at a place inside the value of a key, such as one element of a list.
  package func problem(_ key: String, at mark: SettingsMark, _ message: String) {
    log.add(mark, path + [key], message)
  }

  /// The section below a key; nil where the key is absent.
  package func section(_ key: String) -> SettingsSection? {
    node(key).map { SettingsSection($0, path: path + [key], problems: log) }
  }

  /// The sections of a map keyed by name, in the order written; empty where the key is absent.
  ///
  /// A name written twice comes once, with its first settings: the reader of the file has reported
  /// the second.
  package func sections(_ key: String) -> [(name: String, section: SettingsSection)] {
    guard let node = node(key) else { return [] }
    guard case .map(let entries) = node.value else {
      problem(key, "expected names with their settings, found \(Self.kind(of: node))")
      return []
    }
    var names: Set<String> = []
    return entries.filter { names.insert($0.key).inserted }.map { entry in
      let section = SettingsSection(
        entry.node, mark: entry.keyMark, path: path + [key, entry.key], problems: log)
      return (entry.key, section)
    }
  }

  /// The sections of a list of maps, in order; with `orOne`, also of a single map.
  ///
  /// Empty where the key is absent.
  package func items(_ key: String, orOne: Bool = false) -> [SettingsSection] {
    guard let node = node(key) else { return [] }
    switch node.value {
    case .list(let items):
      return items.map { SettingsSection($0, path: path + [key], problems: log) }
    case .map where orOne: return [SettingsSection(node, path: path + [key], problems: log)]
    default:
      problem(key, "expected a list, found \(Self.kind(of: node))")
      return []
    }
  }

  /// Reports every key that was written but never asked for, with the nearest one that exists.
  package func finish() {
    let known = asked.sorted()
    for entry in entries where !asked.contains(entry.key) {
      log.add(
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
