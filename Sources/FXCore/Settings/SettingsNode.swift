/// A place in the config file.
package struct SettingsMark: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  package let file: String

  /// Line, from 1.
  package let line: Int

  /// Column, from 1.
  package let column: Int

  /// A place in a file.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `etc/fxwatch.yaml:12:9`
  package var description: String { "\(file):\(line):\(column)" }

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

/// One thing wrong in the config: where, what, and what to do.
package struct SettingsProblem: Hashable, Sendable, CustomStringConvertible {
  package let mark: SettingsMark

  /// The keys that lead there, joined by dots: `rules.big-move.pairs`; empty for the whole file.
  package let path: String

  /// What is wrong and what to do, quoting what was written.
  package let message: String

  /// A finding of `fxwatch check` that the daemon can run with.
  package let isWarning: Bool

  /// One problem.
  package init(mark: SettingsMark, path: String, message: String, isWarning: Bool = false) {
    self.mark = mark
    self.path = path
    self.message = message
    self.isWarning = isWarning
  }

  /// `etc/fxwatch.yaml:12:9: rules.big-move.pairs: 'EURUS' is not …`
  package var description: String {
    "\(mark): " + (isWarning ? "warning: " : "") + (path.isEmpty ? "" : "\(path): ") + message
  }
}
