import FXCore
import FXSources

/// Reads the settings of one source as tests write them.
///
/// A key and its value a line, lists as `[a, b]`, maps as `{a: b, c: d}`. The source is called `s`
/// and stands in `f.yaml`.
enum SourceSettings {
  /// The source and every problem, in the order of the lines.
  static func read(_ text: String) -> (definition: SourceDefinition?, problems: [String]) {
    let problems = SettingsProblems()
    var entries: [SettingsEntry] = []
    for (index, line) in text.split(separator: "\n").enumerated() {
      entries.append(entry(line, at: SettingsMark(file: "f.yaml", line: index + 1, column: 1)))
    }
    let node = SettingsNode(.map(entries), at: SettingsMark(file: "f.yaml", line: 1, column: 1))
    let section = SettingsSection(node, path: ["sources", "s"], problems: problems)
    let definition = SourceDefinition.read(name: SourceName("s"), from: section)
    return (definition, problems.all.map(\.description))
  }

  private static func entry(_ line: Substring, at mark: SettingsMark) -> SettingsEntry {
    let parts = line.split(separator: ": ", maxSplits: 1)
    return SettingsEntry(
      key: String(parts[0]), keyMark: mark, node: node(parts.count > 1 ? parts[1] : "", at: mark))
  }

  private static func node(_ text: Substring, at mark: SettingsMark) -> SettingsNode {
    let inner = text.dropFirst().dropLast()
    if text.hasPrefix("[") {
      let items = inner.split(separator: ", ")
      return SettingsNode(
        .list(items.map { SettingsNode(.scalar(String($0), isQuoted: false), at: mark) }), at: mark)
    }
    if text.hasPrefix("{") {
      return SettingsNode(.map(inner.split(separator: ", ").map { entry($0, at: mark) }), at: mark)
    }
    return SettingsNode(.scalar(String(text), isQuoted: false), at: mark)
  }
}
