/// One rate of a series, as it is known now: a revision takes the place of the rate that it replaces.
struct PrintedPoint {
  var rate: Ratio
  let nominal: Int64

  /// The decimals of the printed rate.
  let scale: Int

  /// The time at which its publication became known, in milliseconds.
  let known: Int64

  /// The number of its value date, in days.
  let valueDay: Int64

  /// True if it is the same rate for the same nominal and day.
  func repeats(_ earlier: PrintedPoint) -> Bool {
    rate == earlier.rate && nominal == earlier.nominal && valueDay == earlier.valueDay
  }
}

/// The past of one pair at one source: the whole history, oldest first.
struct PastSeries {
  var points: [PrintedPoint] = []

  /// The rate that the last revision replaced.
  var replaced: PrintedPoint?

  /// The most decimals seen, by nominal.
  var scales: [Int64: Int] = [:]

  mutating func note(_ point: PrintedPoint, leastScale: Int) {
    scales[point.nominal] = max(scales[point.nominal] ?? leastScale, point.scale)
  }

  /// Returns a rate with the range that its rounding leaves: half a tick to each side.
  func figure(_ point: PrintedPoint) -> Figure {
    let scale = scales[point.nominal] ?? point.scale
    return Figure(
      printed: point.rate,
      half: Ratio(.one, over: .power(of: 10, scale) * Whole(2 * point.nominal)))
  }
}

/// The input of a condition.
///
/// Everything is there; nothing is indexed.
struct Outlook {
  let series: PastSeries

  /// The place of the current rate; it and those before are known.
  var place: Int

  var now: Int64

  /// True if the series itself was just published; false when the clock or another source asks.
  var isPublication = true

  /// True if the publication replaced a rate.
  var isRevision = false

  /// True if the publication repeated the fixing of the day, as for a pair of several.
  var isRepetition = false

  /// The time of the last publication with the pair.
  var seen: Int64 = 0

  /// The current rates of other sources that can be read now.
  var others: [String: Figure] = [:]

  /// The current rates of pairs of the same source.
  var siblings: [String: Figure] = [:]

  /// The instants at which the alert was armed and fired.
  var marks: [String: Int64] = [:]

  var current: PrintedPoint { series.points[place] }

  /// The rate of the publication before; for a revision without one, the rate that it replaced.
  var previous: PrintedPoint? {
    guard isPublication else { return nil }
    if place > 0 { return series.points[place - 1] }
    return isRevision ? series.replaced : isRepetition ? current : nil
  }

  /// True if the rate moved back to what was printed before the previous rate.
  ///
  /// A publication that repeats the rate of a page is no change; each value date of a fixing is one.
  var isReturn: Bool {
    let points = series.points
    guard place > 0, points[place - 1].rate != current.rate else { return false }
    var start = place - 1
    while start > 0, points[start].repeats(points[start - 1]) { start -= 1 }
    return start > 0 && points[start - 1].rate == current.rate
  }

  /// The places whose rates were valid in a window, the oldest first; nil where the window begins
  /// before the first rate, or has not begun.
  func places(in window: Stretch, isBefore: Bool = false) -> [Int]? {
    let last = isBefore ? place - 1 : place
    if case .publications(let count) = window {
      return last - count + 1 >= 0 ? Array((last - count + 1)...last) : nil
    }
    guard let start = start(of: window), let first = placeValid(at: start)
    else { return nil }
    return first <= last ? Array(first...last) : nil
  }

  /// Returns the place of the rate that a change over a window is measured against.
  func origin(of window: Stretch) -> Int? {
    if case .publications(let count) = window { return place >= count ? place - count : nil }
    guard let start = start(of: window) else { return nil }
    return placeValid(at: start)
  }

  /// Returns the instant at which a window of time begins; nil where it has not begun.
  func start(of window: Stretch) -> Int64? {
    guard case .sinceAlert(let mark) = window else {
      return window.start(from: now).flatMap { $0 <= now ? $0 : nil }
    }
    return marks[mark].flatMap { $0 < now ? $0 : nil }
  }

  private func placeValid(at instant: Int64) -> Int? {
    series.points[...place].lastIndex { $0.known <= instant }
  }
}
