import FXCore

extension SVGChart.Line {
  /// Keeps the points within a span, and the last one before it as its beginning.
  func cut(from: Int64, to: Int64) -> SVGChart.Line {
    var line = self
    let inside = points.filter { (from...to).contains($0.at.milliseconds) }
    let before = points.last { $0.at.milliseconds < from && !$0.isSuspect }
    line.points =
      (before.map {
        [
          SVGChart.Point(
            at: Timestamp(milliseconds: from), value: $0.value, text: $0.text, isEnd: $0.isEnd)
        ]
      } ?? []) + inside
    return line
  }

  /// The trusted points, divided where the series was not listed; the last piece has no end.
  var pieces: [(points: [SVGChart.Point], end: Timestamp?)] {
    var pieces: [(points: [SVGChart.Point], end: Timestamp?)] = []
    var piece: [SVGChart.Point] = []
    for point in points where !point.isSuspect {
      guard point.isEnd else {
        piece.append(point)
        continue
      }
      if !piece.isEmpty { pieces.append((piece, point.at)) }
      piece = []
    }
    return piece.isEmpty ? pieces : pieces + [(piece, nil)]
  }
}
