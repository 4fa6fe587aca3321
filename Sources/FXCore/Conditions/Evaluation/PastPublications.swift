/// The publications of a window, by the rates that they printed.
struct PastPublications {
  private let points: ArraySlice<SeriesPoint>

  /// The newest point, which is not among the others.
  private let current: SeriesPoint

  /// The ordinals of the publications.
  private let ordinals: Range<Int64>

  /// The indices of the points that were valid in them; that of the newest is the number of the others.
  let places: ClosedRange<Int>

  /// The index of the newest point.
  var last: Int { points.count }

  /// A point, the one before it, and the ordinals for which it was valid.
  subscript(place: Int) -> (point: SeriesPoint, previous: SeriesPoint?, ordinals: Range<Int64>) {
    let point = point(at: place)
    let end = place < last ? self.point(at: place + 1).publication : ordinals.upperBound
    let start = max(ordinals.lowerBound, point.publication)
    return (
      point, place > 0 ? points[place - 1] : nil, start..<max(start, min(end, ordinals.upperBound))
    )
  }

  private static let nothing = Absence.input("nothing was published in the window")

  private func point(at place: Int) -> SeriesPoint { place < last ? points[place] : current }

  /// The publications, or the reason why they are not known.
  enum Found {
    case known(PastPublications)
    case missing(Absence)
  }

  /// Returns the publications of a window of a series, or the reason why they are not known.
  static func all(
    of window: Window, isBefore: Bool, on view: some SeriesView, at now: Timestamp
  ) -> Found {
    let current = view.current
    let all = view.history.points
    // The newest point may be the last of the history, or take its place.
    let isLast = all.last.map { $0.publication >= current.publication } ?? false
    let count = all.count - (!all.isEmpty && (view.replacesLast || isLast) ? 1 : 0)
    let points = all.prefix(count)
    let end = view.publication + (isBefore ? 0 : 1)
    let (start, first): (Int64, Int)
    switch window {
    case .publications(let count):
      start = end - Int64(count)
      first =
        current.publication <= start
        ? points.count : points.partitioningIndex { $0.publication > start } - 1
    case .time, .since, .sinceStart, .sinceAlert:
      let begin = Timestamp(milliseconds: view.positions(of: window, now: now).start)
      guard min(points.first?.firstSeen ?? current.firstSeen, current.firstSeen) <= begin else {
        return .missing(.earlier(window))
      }
      first =
        current.firstSeen < begin
        ? points.count : points.partitioningIndex { $0.firstSeen >= begin }
      let opening = first < points.count ? points[first] : current
      let isRepeated = opening.firstSeen < begin
      start = isRepeated ? view.publication : opening.publication
      if isRepeated, view.lastPublished < begin { return .missing(nothing) }
    }
    guard first >= 0 else { return .missing(.earlier(window)) }
    guard start < end else { return .missing(nothing) }
    guard points.count - first < ExpressionStatistic.maximumRates else {
      return .missing(
        .input(
          "the window has more than \(ExpressionStatistic.maximumRates) rates; use a shorter one"))
    }
    return .known(
      PastPublications(
        points: points, current: current, ordinals: start..<end,
        places: first...points.count))
  }
}
