/// One node of the config, free of the format it was written in: scalars keep their text, so that
/// figures stay exact, and every node knows where it stands.
package struct SettingsNode: Hashable, Sendable {
  /// What a node is.
  package indirect enum Value: Hashable, Sendable {
    /// Nothing was written (`key:` or `~`).
    case absent
    /// Text as written; `isQuoted` is true where quotes say that it is text.
    case scalar(String, isQuoted: Bool)
    case list([SettingsNode])
    case map([SettingsEntry])
  }

  package let value: Value
  package let mark: SettingsMark

  /// A node and its place.
  package init(_ value: Value, at mark: SettingsMark) {
    self.value = value
    self.mark = mark
  }
}
