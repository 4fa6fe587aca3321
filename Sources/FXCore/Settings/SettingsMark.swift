/// A place in the config file, or the file as a whole.
package struct SettingsMark: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  package let file: String

  /// The line, from 1; 0 for the file as a whole.
  package let line: Int

  /// The column in characters, from 1; 0 for the file as a whole.
  package let column: Int

  /// Creates a place in a file.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Returns the file as a whole, for problems without a line.
  package static func wholeFile(_ file: String) -> SettingsMark {
    SettingsMark(file: file, line: 0, column: 0)
  }

  /// Returns the first character of a file.
  package static func start(of file: String) -> SettingsMark {
    SettingsMark(file: file, line: 1, column: 1)
  }

  /// `etc/fxwatch.yaml:12:9`, or the file alone.
  package var description: String { line == 0 ? file : "\(file):\(line):\(column)" }

  package static func < (left: SettingsMark, right: SettingsMark) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
