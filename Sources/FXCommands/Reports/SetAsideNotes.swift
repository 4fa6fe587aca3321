import FXCore

/// The rows that a reader set aside, as lines for people.
enum SetAsideNotes {
  /// The most rows that are named.
  private static let mostNamed = 20

  /// Returns one line for each row: `my-bank: set aside IDR/THB: the rate of … cannot be read`.
  static func lines(_ rows: [SetAsideRow], of source: SourceName) -> [String] {
    var lines = rows.prefix(mostNamed).map { row in
      row.retired == nil
        ? "\(source): set aside \(row.subject): \(row.reason)" : "\(source): \(row.reason)"
    }
    if rows.count > mostNamed {
      lines.append("\(source): set aside \(rows.count - mostNamed) more rows")
    }
    return lines
  }
}
