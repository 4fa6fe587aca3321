package import FXCore

/// A line chart of rates over time, in box-drawing characters.
package struct Chart {
  /// One rate in time.
  package struct Point {
    let at: Timestamp
    let value: Fraction
    let text: String

    /// A rate that is valid from an instant on; `text` is the printed rate.
    package init(at: Timestamp, value: Fraction, text: String) {
      self.at = at
      self.value = value
      self.text = text
    }
  }

  /// The time in which an alert fires, or the instant of an event.
  package struct Mark {
    let rule: String
    let from: Timestamp

    /// The end; nil for an event.
    let until: Timestamp?

    /// A mark below the line.
    package init(rule: String, from: Timestamp, until: Timestamp?) {
      self.rule = rule
      self.from = from
      self.until = until
    }
  }

  /// The columns of the whole chart, with its labels.
  package static let width = 80

  /// The lines of the plot.
  static let height = 12

  private let title: String
  private let points: [Point]
  private let marks: [Mark]

  /// A chart of rates, oldest first, under a title.
  package init(title: String, points: [Point], marks: [Mark] = []) {
    self.title = title
    self.points = points
    self.marks = marks
  }

  /// The chart, ending with a newline: at most `width` columns.
  ///
  /// Every column shows the rate at its end; the dates of both ends are below.
  package var text: String {
    guard let first = points.first, let last = points.last,
      let lowest = points.min(by: { $0.value < $1.value }),
      let highest = points.max(by: { $0.value < $1.value })
    else { return "\(title): no rates\n" }
    let label = max(lowest.text.count, highest.text.count)
    let columns = max(10, Self.width - label - 2)
    let levels = levels(columns: columns, from: lowest.value, to: highest.value)
    var lines = [
      "\(title): \(PluralText.text(points.count, "rate")), last \(last.text) on \(last.at.day)"
    ]
    for (row, cells) in Self.plot(levels).enumerated() {
      let mark = row == 0 ? highest.text : row == Self.height - 1 ? lowest.text : ""
      let space = String(repeating: " ", count: label - mark.count)
      let isTop = row == 0 || row == Self.height - 1
      lines.append(space + mark + (isTop ? " ┤" : " │") + Self.trimmed(cells))
    }
    let margin = String(repeating: " ", count: label + 2)
    lines += markLines(columns: columns).map { margin + $0 }
    let start = first.at.day.description
    let end = last.at.day.description
    let gap = max(1, columns - start.count - end.count)
    lines.append(margin + start + String(repeating: " ", count: gap) + end)
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line per rule that fired: `▲` at each firing, `━` until its end, and the number of firings.
  private func markLines(columns: Int) -> [String] {
    guard let first = points.first?.at.milliseconds, let last = points.last?.at.milliseconds
    else { return [] }
    let span = max(1, last - first)
    func column(_ instant: Timestamp) -> Int {
      let offset = max(0, min(instant.milliseconds - first, span))
      return min(columns - 1, Int(Int128(offset) * Int128(columns) / Int128(span)))
    }
    return Set(marks.map(\.rule)).sorted().map { rule in
      var cells = [Character](repeating: " ", count: columns)
      let own = marks.filter { $0.rule == rule }
      for mark in own {
        guard let until = mark.until else { continue }
        for place in column(mark.from)...max(column(mark.from), column(until)) {
          cells[place] = "━"
        }
      }
      for mark in own { cells[column(mark.from)] = "▲" }
      // The name is where there is room: after the last mark, or before the first.
      let name = "\(rule) \(own.count)"
      let blank = String(cells)
      let end = cells.lastIndex { $0 != " " } ?? 0
      let begin = cells.firstIndex { $0 != " " } ?? 0
      if end + 2 + name.count <= columns {
        return blank.prefix(end + 1) + " " + name
      }
      if begin > name.count {
        return String(repeating: " ", count: begin - name.count - 1) + name + " "
          + Self.trimmed(Array(cells[begin...]))
      }
      return Self.trimmed(cells)
    }
  }

  /// The line, from 0 at the bottom to `height` - 1, of each column.
  private func levels(columns: Int, from low: Fraction, to high: Fraction) -> [Int] {
    guard let first = points.first, let last = points.last else { return [] }
    let span = (last.at - first.at).milliseconds
    var levels: [Int] = []
    var place = 0
    for column in 0..<columns {
      let instant = first.at.milliseconds + span / Int64(columns) * Int64(column + 1)
      let end = column == columns - 1 ? last.at.milliseconds : instant
      while place + 1 < points.count, points[place + 1].at.milliseconds <= end { place += 1 }
      levels.append(points[place].value.level(from: low, to: high, of: Self.height))
    }
    return levels
  }

  /// The cells of each line, the top one first.
  private static func plot(_ levels: [Int]) -> [[Character]] {
    var cells = [[Character]](
      repeating: [Character](repeating: " ", count: levels.count), count: height)
    for (column, level) in levels.enumerated() {
      let before = column > 0 ? levels[column - 1] : level
      func set(_ level: Int, _ character: Character) {
        cells[height - 1 - level][column] = character
      }
      if level == before {
        set(level, "─")
      } else {
        set(before, level > before ? "╯" : "╮")
        set(level, level > before ? "╭" : "╰")
        for between in (min(level, before) + 1)..<max(level, before) { set(between, "│") }
      }
    }
    return cells
  }

  private static func trimmed(_ cells: [Character]) -> String {
    var cells = cells[...]
    while cells.last == " " { cells.removeLast() }
    return String(cells)
  }
}
