import FXCore

/// Literals of trees for tests: entries are at the start of their line, values at column 9.
extension SettingsNode {
  static func map(_ entries: [SettingsEntry]) -> SettingsNode { node(.map(entries), 1, 1) }

  static func node(_ value: Value, _ line: Int, _ column: Int) -> SettingsNode {
    SettingsNode(value, at: .at(line, column))
  }
}

extension SettingsNode.Value {
  static func text(_ text: String) -> Self { .scalar(text, isQuoted: false) }
}

extension SettingsEntry {
  static func entry(_ key: String, line: Int, _ value: SettingsNode.Value) -> SettingsEntry {
    SettingsEntry(key: key, keyMark: .at(line, 1), node: .node(value, line, 9))
  }
}

extension SettingsMark {
  static func at(_ line: Int, _ column: Int) -> SettingsMark {
    SettingsMark(file: "etc/fxwatch.yaml", line: line, column: column)
  }
}
