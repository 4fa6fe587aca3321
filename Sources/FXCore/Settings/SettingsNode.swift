/// A place in the config file, or the file as a whole.
package struct SettingsMark: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  package let file: String

  /// Line, from 1; 0 for the file as a whole.
  package let line: Int

  /// Column in characters, from 1; 0 for the file as a whole.
  package let column: Int

  /// A place in a file.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The file as a whole: what is wrong stands in no line of it.
  package static func wholeFile(_ file: String) -> SettingsMark {
    SettingsMark(file: file, line: 0, column: 0)
  }

  /// The first character of a file.
  package static func start(of file: String) -> SettingsMark {
    SettingsMark(file: file, line: 1, column: 1)
  }

  /// `etc/fxwatch.yaml:12:9`, or the file alone.
  package var description: String { line == 0 ? file : "\(file):\(line):\(column)" }

  package static func < (left: SettingsMark, right: SettingsMark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

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

/// One key and its value in a map of the config.
package struct SettingsEntry: Hashable, Sendable {
  package let key: String
  package let keyMark: SettingsMark
  package let node: SettingsNode

  /// One key and its value.
  package init(key: String, keyMark: SettingsMark, node: SettingsNode) {
    self.key = key
    self.keyMark = keyMark
    self.node = node
  }
}
