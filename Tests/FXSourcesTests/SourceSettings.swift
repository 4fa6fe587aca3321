import FXCore
import FXSources

/// Reads the settings of one source from a subset of YAML.
///
/// One key and value per line, lists as `[a, b]`, maps as `{a: b, c: d}` or as indented lines; texts may
/// be quoted. The name of the source is `s`, that of the file `f.yaml`.
enum SourceSettings {
  /// Returns the source and all problems, in the order of the lines.
  static func read(
    _ text: String, needsKey: Bool = true
  ) -> (definition: SourceDefinition?, problems: [String]) {
    let problems = SettingsProblems()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.isEmpty }
    var entries: [SettingsEntry] = []
    var index = 0
    while index < lines.count {
      let line = lines[index].element
      let mark = SettingsMark(file: "f.yaml", line: lines[index].offset + 1, column: 1)
      var inner: [SettingsEntry] = []
      while index + 1 < lines.count, lines[index + 1].element.hasPrefix("  ") {
        index += 1
        inner.append(
          entry(
            lines[index].element.dropFirst(2),
            at: SettingsMark(file: "f.yaml", line: lines[index].offset + 1, column: 3)))
      }
      index += 1
      entries.append(
        inner.isEmpty
          ? entry(line, at: mark)
          : SettingsEntry(
            key: String(line.dropLast()), keyMark: mark, node: SettingsNode(.map(inner), at: mark)))
    }
    let node = SettingsNode(.map(entries), at: SettingsMark(file: "f.yaml", line: 1, column: 1))
    let section = SettingsSection(node, path: ["sources", "s"], problems: problems)
    let definition = SourceDefinition.read(
      name: SourceName("s"), from: section, zones: UniversalTime(), needsKey: needsKey)
    return (definition, problems.all.map(\.description))
  }

  private static func entry(_ line: Substring, at mark: SettingsMark) -> SettingsEntry {
    let parts = line.split(separator: ": ", maxSplits: 1)
    return SettingsEntry(
      key: unquoted(parts[0]), keyMark: mark, node: node(parts.count > 1 ? parts[1] : "", at: mark))
  }

  private static func node(_ text: Substring, at mark: SettingsMark) -> SettingsNode {
    let inner = text.dropFirst().dropLast()
    if text.hasPrefix("[") {
      let items = inner.split(separator: ", ")
      return SettingsNode(
        .list(items.map { SettingsNode(.scalar(unquoted($0), isQuoted: false), at: mark) }),
        at: mark)
    }
    if text.hasPrefix("{") {
      return SettingsNode(.map(inner.split(separator: ", ").map { entry($0, at: mark) }), at: mark)
    }
    return SettingsNode(.scalar(unquoted(text), isQuoted: false), at: mark)
  }

  private static func unquoted(_ text: Substring) -> String {
    for quote in ["'", "\""] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      return String(text.dropFirst().dropLast())
    }
    return String(text)
  }
}
