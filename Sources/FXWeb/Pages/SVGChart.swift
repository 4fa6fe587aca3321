import FXCore

/// A chart of one pair in SVG: a step line for each series, because a rate holds until the next
/// publication, with the band of its rounding, and marks where alerts fired and rates are suspect.
///
/// In a column of pixels the first, lowest, highest and last rate are drawn, so no spike is lost
/// however long the history is. Cost: linear in the points; the document has a few for each column.
struct SVGChart {
  /// One series.
  struct Line {
    let name: String

    /// The rates, oldest first.
    var points: [Point]

    /// Half a tick of one unit: how far rounding leaves the true rate open.
    let halfTick: Double
  }

  /// One rate from an instant on.
  struct Point {
    let at: Timestamp
    let value: Double
    let text: String
    var isSuspect = false

    /// True if the source did not list the series from then on; the value is the last one before.
    var isEnd = false
  }

  /// The instant at which an alert of a rule fired, or was resolved.
  struct Mark {
    let at: Timestamp
    let label: String
    var isResolution = false
  }

  /// A rate with which a rule compares.
  struct Threshold {
    let value: Double
    let label: String
  }

  private static let width = 900.0
  private static let height = 320.0
  private static let (left, right, top, bottom) = (84.0, 12.0, 14.0, 30.0)

  /// The most series that are drawn: as many as there are kinds of lines.
  static let mostLines = 4

  private let title: String
  private let lines: [Line]
  private let marks: [Mark]
  private let thresholds: [Threshold]
  private let span: (from: Int64, to: Int64)
  private let range: (low: Double, high: Double)

  /// A chart from an instant to another; nil if there is no rate between them.
  init?(
    title: String, lines: [Line], marks: [Mark], thresholds: [Threshold] = [],
    span: (from: Timestamp, to: Timestamp)
  ) {
    self.title = title
    let from = span.from.milliseconds
    let to = max(span.to.milliseconds, from + 1)
    self.span = (from, to)
    self.lines = lines.prefix(Self.mostLines).map { $0.cut(from: from, to: to) }
      .filter { !$0.points.isEmpty }
    self.marks = marks.filter { (from...to).contains($0.at.milliseconds) }
    let values = self.lines.flatMap { line in line.points.map(\.value) }
    guard let low = values.min(), let high = values.max() else { return nil }
    let height = high > low ? high - low : max(abs(high) * 0.001, .leastNonzeroMagnitude)
    // A threshold that is near is shown, one far away would flatten the line.
    let near = thresholds.filter { $0.value > low - height && $0.value < high + height }
    self.thresholds = near
    let bounds = near.map(\.value) + [low, high]
    let margin = height * 0.05
    range = ((bounds.min() ?? low) - margin, (bounds.max() ?? high) + margin)
  }

  /// Writes the chart with its title and description for screen readers.
  func write(to markup: inout Markup, isDocument: Bool = false) {
    markup.element(
      "svg",
      [
        "class": "chart", "role": "img", "aria-labelledby": "chart-title chart-text",
        "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))",
        "xmlns": isDocument ? "http://www.w3.org/2000/svg" : nil,
      ]
    ) { svg in
      svg.element("title", ["id": "chart-title"], text: title)
      svg.element("desc", ["id": "chart-text"], text: summary)
      if isDocument { svg.element("style", text: Self.style) }
      grid(&svg)
      for threshold in thresholds { draw(threshold, &svg) }
      for (index, line) in lines.enumerated() { draw(line, index, &svg) }
      for mark in marks { draw(mark, &svg) }
    }
  }

  /// The chart in a sentence.
  var summary: String {
    lines.map { line in
      let values = line.points.filter { !$0.isSuspect && !$0.isEnd }
      guard let first = values.first, let last = values.last,
        let low = values.min(by: { $0.value < $1.value }),
        let high = values.max(by: { $0.value < $1.value })
      else { return "\(line.name): only suspect rates." }
      return
        "\(line.name): from \(first.text) on \(first.at.day) to \(last.text) on \(last.at.day),"
        + " lowest \(low.text), highest \(high.text)."
    }.joined(separator: " ")
  }

  // MARK: Places

  private func x(_ instant: Int64) -> Double {
    let share = Double(instant - span.from) / Double(span.to - span.from)
    return Self.left + share * (Self.width - Self.left - Self.right)
  }

  private func y(_ value: Double) -> Double {
    let share = (value - range.low) / (range.high - range.low)
    return Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
  }

  private static func text(_ place: Double) -> String {
    let tenths = Int((place * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }

  // MARK: Parts

  private func grid(_ svg: inout Markup) {
    let digits = ChartLabels.digits(for: range.high - range.low)
    for step in 0...4 {
      let value = range.low + (range.high - range.low) * Double(step) / 4
      let place = Self.text(y(value))
      svg.element(
        "line",
        [
          "class": "grid", "x1": Self.text(Self.left), "x2": Self.text(Self.width - Self.right),
          "y1": place, "y2": place,
        ])
      svg.element(
        "text",
        ["x": Self.text(Self.left - 8), "y": Self.text(y(value) + 4), "text-anchor": "end"],
        text: ChartLabels.decimal(value, digits: digits))
    }
    let isShort = span.to - span.from < 3 * 86_400_000
    for step in 0...4 {
      let instant = span.from + (span.to - span.from) / 4 * Int64(step)
      let moment = Timestamp(milliseconds: instant).description
      let label = isShort ? String(moment.dropFirst(11).prefix(5)) : String(moment.prefix(10))
      svg.element(
        "text",
        [
          "x": Self.text(x(instant)), "y": Self.text(Self.height - 10),
          "text-anchor": step == 0 ? "start" : step == 4 ? "end" : "middle",
        ], text: label)
    }
  }

  private func draw(_ line: Line, _ index: Int, _ svg: inout Markup) {
    for piece in line.pieces {
      draw(piece.points, until: piece.end.map { x($0.milliseconds) }, of: line, index, &svg)
    }
    for point in line.points where point.isSuspect && (range.low...range.high).contains(point.value)
    {
      svg.element(
        "circle",
        [
          "class": "suspect", "cx": Self.text(x(point.at.milliseconds)),
          "cy": Self.text(y(point.value)), "r": "5",
        ]
      ) { $0.element("title", text: "suspect: \(point.text) at \(point.at)") }
    }
  }

  private func draw(
    _ points: [Point], until end: Double?, of line: Line, _ index: Int, _ svg: inout Markup
  ) {
    let columns = columns(of: points)
    guard let last = columns.last else { return }
    let end = end ?? x(span.to)
    if y(0) - y(line.halfTick) >= 0.5 {
      let upper = steps(columns, offset: line.halfTick, end: end)
      let lower = steps(columns, offset: -line.halfTick, end: end)
      svg.element(
        "path",
        ["class": "band", "d": "M" + (upper + lower.reversed()).joined(separator: "L") + "Z"])
    }
    svg.element(
      "path",
      [
        "class": "rate series-\(index)",
        "d": "M" + steps(columns, offset: 0, end: end).joined(separator: "L"),
      ]
    ) { $0.element("title", text: line.name) }
    if columns.count == 1 {
      svg.element(
        "circle",
        ["class": "fired", "cx": Self.text(last.x), "cy": Self.text(y(last.value)), "r": "3"])
    }
  }

  private func draw(_ threshold: Threshold, _ svg: inout Markup) {
    let place = y(threshold.value)
    svg.element(
      "line",
      [
        "class": "threshold", "x1": Self.text(Self.left), "x2": Self.text(Self.width - Self.right),
        "y1": Self.text(place), "y2": Self.text(place),
      ]
    ) { $0.element("title", text: threshold.label) }
    svg.element(
      "text",
      ["x": Self.text(Self.width - Self.right), "y": Self.text(place - 4), "text-anchor": "end"],
      text: threshold.label)
  }

  /// The corners of a step line.
  private func steps(
    _ columns: [(x: Double, value: Double)], offset: Double, end: Double
  ) -> [String] {
    var corners: [String] = []
    var height: String?
    for column in columns {
      let place = Self.text(column.x)
      if let height { corners.append("\(place),\(height)") }
      let level = Self.text(y(column.value + offset))
      corners.append("\(place),\(level)")
      height = level
    }
    if let height { corners.append("\(Self.text(end)),\(height)") }
    return corners
  }

  /// The first, lowest, highest and last rate of each column of pixels.
  private func columns(of points: [Point]) -> [(x: Double, value: Double)] {
    var columns: [(x: Double, value: Double)] = []
    var rest = points[...]
    while let first = rest.first {
      let pixel = x(first.at.milliseconds).rounded()
      let own = rest.prefix { x($0.at.milliseconds).rounded() == pixel }
      rest = rest.dropFirst(own.count)
      guard own.count > 4 else {
        columns += own.map { (x($0.at.milliseconds), $0.value) }
        continue
      }
      let values = own.map(\.value)
      let kept = [first.value, values.min() ?? 0, values.max() ?? 0, own.last?.value ?? 0]
      columns += kept.map { (pixel, $0) }
    }
    return columns
  }

  private func draw(_ mark: Mark, _ svg: inout Markup) {
    let place = x(mark.at.milliseconds)
    let base = Self.height - Self.bottom
    let corners = [(place, base - 9), (place - 5, base), (place + 5, base)]
    svg.element(
      "polygon",
      [
        "class": mark.isResolution ? "resolved" : "fired",
        "points": corners.map { "\(Self.text($0.0)),\(Self.text($0.1))" }.joined(separator: " "),
      ]
    ) { $0.element("title", text: mark.label) }
  }

  /// The colours of a chart that is not on a page.
  private static let style =
    "text{fill:#57606a;font:12px sans-serif}.grid{stroke:#d0d7de}.rate{fill:none;stroke:#0550ae;"
    + "stroke-width:2}.band{fill:#0550ae33}.series-1{stroke:#7a4100;stroke-dasharray:6 3}"
    + ".series-2{stroke:#0b5d2c;stroke-dasharray:2 3}.series-3{stroke:#a40e26;stroke-dasharray:9 3 2 3}"
    + ".fired{fill:#a40e26}.resolved{fill:none;stroke:#0b5d2c}.threshold{stroke:#7a4100;"
    + "stroke-dasharray:2 4}.suspect{fill:none;stroke:#7a4100;stroke-width:2}"
}

extension Fraction {
  /// The value for a place in a drawing.
  var approximate: Double { Double(numerator) / Double(denominator) }
}
