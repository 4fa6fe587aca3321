import FXCore

/// The settings of a config with those of the files that it includes.
struct MergedSettings {
  /// The keys of an included file.
  private static let keys = ["let", "notifiers", "rules", "sources"]

  private let main: SettingsNode
  private let problems: SettingsProblems

  /// The entries below each key of all files, in the order read.
  private var entries: [String: [SettingsEntry]] = [:]

  /// The places of the names below each key.
  private var places: [String: [String: SettingsMark]] = [:]

  /// The first entry of an included file for each key.
  private var added: [String: SettingsEntry] = [:]

  /// The settings of the config alone.
  init(_ main: SettingsNode, problems: SettingsProblems) {
    self.main = main
    self.problems = problems
    for entry in main.entries where Self.keys.contains(entry.key) && entries[entry.key] == nil {
      entries[entry.key] = entry.node.entries
      places[entry.key] = Dictionary(
        entry.node.entries.map { ($0.key, $0.keyMark) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Adds the entries of an included file; a name that another file has is reported.
  mutating func add(_ file: SettingsNode) {
    if case .map = file.value {
    } else if file.value != .absent {
      problems.add(file.mark, [], "expected keys and values")
    }
    for entry in file.entries {
      guard Self.keys.contains(entry.key) else {
        problems.add(
          entry.keyMark, [],
          "\(entry.key.quoted) is not allowed in an included file; expected one of "
            + Self.keys.joined(separator: ", "))
        continue
      }
      switch entry.node.value {
      case .absent: break
      case .map(let names): add(names, to: entry)
      case .scalar, .list:
        problems.add(entry.node.mark, [entry.key], "expected names with their settings")
      }
    }
  }

  private mutating func add(_ names: [SettingsEntry], to entry: SettingsEntry) {
    var own: Set<String> = []
    if added[entry.key] == nil { added[entry.key] = entry }
    for named in names where own.insert(named.key).inserted {
      if let place = places[entry.key]?[named.key] {
        problems.add(
          named.keyMark, [entry.key, named.key],
          "\(named.key.quoted) is already defined in \(place); rename or remove one of them")
        continue
      }
      places[entry.key, default: [:]][named.key] = named.keyMark
      entries[entry.key, default: []].append(named)
    }
  }

  /// The settings of all files as one tree.
  var tree: SettingsNode {
    guard case .map(let root) = main.value else { return main }
    let present = Set(root.map(\.key))
    let others = Self.keys.compactMap { added[$0] }.filter { !present.contains($0.key) }
    return SettingsNode(.map(root.map(merged) + others.map(merged)), at: main.mark)
  }

  private func merged(_ entry: SettingsEntry) -> SettingsEntry {
    guard added[entry.key] != nil, let entries = entries[entry.key] else { return entry }
    switch entry.node.value {
    case .map, .absent:
      return SettingsEntry(
        key: entry.key, keyMark: entry.keyMark,
        node: SettingsNode(.map(entries), at: entry.node.mark))
    case .scalar, .list: return entry
    }
  }
}

extension SettingsNode {
  /// The entries of a map; none for any other node.
  fileprivate var entries: [SettingsEntry] {
    if case .map(let entries) = value { entries } else { [] }
  }
}
