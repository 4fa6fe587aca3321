import CYaml
import FXCore

/// A line and column of YAML text, both from 1; columns count Unicode scalars.
struct YAMLPosition: Hashable, Comparable {
  let line: Int
  let column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(_ mark: SettingsMark) { self.init(line: mark.line, column: mark.column) }

  init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }

  static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

extension String {
  /// Returns the index of a position; nil if the text has no such position.
  func index(of position: YAMLPosition) -> String.Index? {
    var line = 1
    var index = unicodeScalars.startIndex
    while line < position.line {
      guard let lineEnd = unicodeScalars[index...].firstIndex(of: "\n") else { return nil }
      index = unicodeScalars.index(after: lineEnd)
      line += 1
    }
    guard
      let found = unicodeScalars.index(
        index, offsetBy: position.column - 1, limitedBy: unicodeScalars.endIndex),
      found < endIndex
    else { return nil }
    return found
  }

  /// Returns the position of a byte of the text, or of its end.
  func position(ofUTF8Offset offset: Int) -> YAMLPosition {
    var line = 1
    var column = 1
    var bytes = 0
    for scalar in unicodeScalars {
      guard bytes < offset else { break }
      bytes += UTF8.width(scalar)
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return YAMLPosition(line: line, column: column)
  }
}
