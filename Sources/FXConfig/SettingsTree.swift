import FXCore
import Yams

/// Builds the tree of settings from the nodes of Yams, within the limits of `ConfigFile`.
struct SettingsTree {
  /// The file as the user named it.
  let file: String

  /// The names of the masked keys, by position.
  let duplicates: [YAMLPosition: String]

  let problems: SettingsProblems
  private var path: [String] = []
  private var nodesLeft = ConfigFile.maximumNodes

  /// A builder for one file.
  init(file: String, duplicates: [YAMLPosition: String], problems: SettingsProblems) {
    self.file = file
    self.duplicates = duplicates
    self.problems = problems
  }

  /// Builds the tree of a whole document; an empty one, or `---` alone, is an empty map.
  mutating func build(_ root: Node) -> SettingsNode? {
    let tree = node(root, depth: 0)
    guard nodesLeft >= 0 else {
      problems.add(
        .wholeFile(file), [],
        "has more than \(ConfigFile.maximumNodes) keys and values, including repetitions by aliases; "
          + "write fewer, or split the config between two daemons")
      return nil
    }
    return tree.value == .absent ? SettingsNode(.map([]), at: tree.mark) : tree
  }

  private mutating func node(_ node: Node, depth: Int) -> SettingsNode {
    let mark = mark(node)
    nodesLeft -= 1
    guard nodesLeft >= 0 else { return SettingsNode(.absent, at: mark) }
    guard depth <= ConfigFile.maximumDepth else {
      problems.add(
        mark, [],
        "lists and maps are nested more than \(ConfigFile.maximumDepth) deep")
      return SettingsNode(.absent, at: mark)
    }
    switch node {
    case .scalar(let scalar): return self.scalar(scalar, at: mark)
    case .sequence(let sequence):
      refuseTag(sequence.tag, unless: .seq, at: mark)
      return SettingsNode(.list(sequence.map { self.node($0, depth: depth + 1) }), at: mark)
    case .mapping(let mapping):
      refuseTag(mapping.tag, unless: .map, at: mark)
      return SettingsNode(.map(entries(of: mapping, depth: depth)), at: mark)
    case .alias:
      // Yams replaces an alias by the anchored node and never returns this case when parsing.
      return SettingsNode(.absent, at: mark)
    }
  }

  private func scalar(_ scalar: Node.Scalar, at mark: SettingsMark) -> SettingsNode {
    refuseTag(scalar.tag, unless: .str, at: mark)
    let isQuoted = scalar.style != .plain
    let isNothing = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    return SettingsNode(
      isNothing ? .absent : .scalar(scalar.string, isQuoted: isQuoted), at: mark)
  }

  private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [SettingsEntry] {
    var entries: [SettingsEntry] = []
    var firstLines: [String: Int] = [:]
    for (keyNode, valueNode) in mapping {
      let keyMark = mark(keyNode)
      nodesLeft -= 1
      guard nodesLeft >= 0 else { break }
      guard case .scalar(let scalar) = keyNode else {
        problems.add(
          keyMark, path, "expected a key, found a list or map; is a quote missing?")
        continue
      }
      let key = duplicates[YAMLPosition(keyMark)] ?? scalar.string
      if key == "<<", scalar.style == .plain {
        problems.add(
          keyMark, path, "merging maps with '<<' is not supported; write out the keys")
        continue
      }
      if let line = firstLines[key] {
        problems.add(
          keyMark, path,
          "key \(key.quoted) is written twice, first in line \(line); keep one of them")
      } else {
        firstLines[key] = keyMark.line
      }
      path.append(key)
      entries.append(
        SettingsEntry(key: key, keyMark: keyMark, node: node(valueNode, depth: depth + 1)))
      path.removeLast()
    }
    return entries
  }

  /// Reports a tag such as `!!int`, which would change the interpretation of the text.
  private func refuseTag(_ tag: Tag, unless own: Tag.Name, at mark: SettingsMark) {
    let name = tag.rawValue
    guard !["", "!", own.rawValue].contains(name) else { return }
    problems.add(mark, path, "tags such as \(name.quoted) are not supported; write the value alone")
  }

  /// Returns the position of a node; for an alias, that of its anchor.
  private func mark(_ node: Node) -> SettingsMark {
    SettingsMark(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }
}
