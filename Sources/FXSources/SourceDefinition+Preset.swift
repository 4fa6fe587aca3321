import FXCore

extension SourceDefinition {
  /// A preset with its own settings, under its own name; nil where there is none of that name, or it
  /// needs more than a name.
  package static func preset(named name: String) -> SourceDefinition? {
    guard PresetCatalog.preset(named: name) != nil else { return nil }
    let mark = SettingsMark(file: "preset", line: 1, column: 1)
    let node = SettingsNode(
      .map([
        SettingsEntry(
          key: "preset", keyMark: mark,
          node: SettingsNode(.scalar(name, isQuoted: false), at: mark))
      ]), at: mark)
    let problems = SettingsProblems()
    let section = SettingsSection(node, path: ["sources", name], problems: problems)
    let definition = SourceDefinition.read(name: SourceName(name), from: section)
    return problems.hasErrors ? nil : definition
  }
}
