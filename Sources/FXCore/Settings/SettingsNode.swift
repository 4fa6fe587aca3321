/// One node of the config with its place, independent of the file format.
///
/// Scalars keep their text, so that numbers are exact.
package struct SettingsNode: Hashable, Sendable {
  /// The content of a node.
  package indirect enum Value: Hashable, Sendable {
    /// Nothing (`key:` or `~`).
    case absent
    /// Text as written; `isQuoted` is true for text in quotes.
    case scalar(String, isQuoted: Bool)
    case list([SettingsNode])
    case map([SettingsEntry])
  }

  package let value: Value
  package let mark: SettingsMark

  /// Creates a node.
  package init(_ value: Value, at mark: SettingsMark) {
    self.value = value
    self.mark = mark
  }
}
