/// One key and its value in a map of the config.
package struct SettingsEntry: Hashable, Sendable {
  package let key: String
  package let keyMark: SettingsMark
  package let node: SettingsNode

  /// Creates an entry.
  package init(key: String, keyMark: SettingsMark, node: SettingsNode) {
    self.key = key
    self.keyMark = keyMark
    self.node = node
  }
}
