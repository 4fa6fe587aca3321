package import FXCore

/// A line through figures in time, in box-drawing characters.
package struct Chart {
  /// One figure in time.
  package struct Point {
    let at: Timestamp
    let value: Fraction
    let text: String

    /// A figure in force from an instant on; `text` is how it was printed.
    package init(at: Timestamp, value: Fraction, text: String) {
      self.at = at
      self.value = value
      self.text = text
    }
  }

  /// Columns of the whole chart, its labels included.
  package static let width = 80

  /// Lines of the plot.
  static let height = 12

  private let title: String
  private let points: [Point]

  /// A chart of figures, oldest first, under a title.
  package init(title: String, points: [Point]) {
    self.title = title
    self.points = points
  }

  /// The chart, ending with a newline: at most `width` columns.
  ///
  /// Every column shows the figure in force at its end; the dates of both ends stand below.
  package var text: String {
    guard let first = points.first, let last = points.last,
      let lowest = points.min(by: { $0.value < $1.value }),
      let highest = points.max(by: { $0.value < $1.value })
    else { return "\(title): nothing to draw\n" }
    let label = max(lowest.text.count, highest.text.count)
    let columns = max(10, Self.width - label - 2)
    let levels = levels(columns: columns, from: lowest.value, to: highest.value)
    var lines = [
      "\(title): \(points.count) figure\(points.count == 1 ? "" : "s"), last \(last.text) on \(last.at.day)"
    ]
    for (row, cells) in Self.plot(levels).enumerated() {
      let mark = row == 0 ? highest.text : row == Self.height - 1 ? lowest.text : ""
      let space = String(repeating: " ", count: label - mark.count)
      let isTop = row == 0 || row == Self.height - 1
      lines.append(space + mark + (isTop ? " ┤" : " │") + Self.trimmed(cells))
    }
    let start = first.at.day.description
    let end = last.at.day.description
    let gap = max(1, columns - start.count - end.count)
    lines.append(
      String(repeating: " ", count: label + 2) + start + String(repeating: " ", count: gap) + end)
    return lines.joined(separator: "\n") + "\n"
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
      levels.append(Self.level(of: points[place].value, from: low, to: high, of: Self.height))
    }
    return levels
  }

  /// Where a figure lies between two others, on a scale of `count` steps; in the middle where they
  /// are one.
  static func level(of value: Fraction, from low: Fraction, to high: Fraction, of count: Int) -> Int
  {
    guard let part = value.subtracting(low, rounding: .toNearest),
      let whole = high.subtracting(low, rounding: .toNearest), whole > .zero,
      let share = part.divided(by: whole, rounding: .toNearest)?
        .multiplied(by: Fraction(Int64(count - 1)), rounding: .toNearest)?
        .adding(Fraction(numerator: 1, denominator: 2), rounding: .toNearest)
    else { return count / 2 }
    let level = share.numerator.flooredDivision(by: share.denominator)
    return Int(max(0, min(level, Int128(count - 1))))
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

/// The course of a series in a few characters: `▁▂▂▅█▇`.
package struct Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private let values: [Fraction]

  /// The course of figures, oldest first.
  package init(values: [Fraction]) { self.values = values }

  /// One character a figure; empty for fewer than two.
  package var text: String {
    guard values.count > 1, let low = values.min(), let high = values.max() else { return "" }
    return String(
      values.map {
        Self.bars[Chart.level(of: $0, from: low, to: high, of: Self.bars.count)]
      })
  }
}
