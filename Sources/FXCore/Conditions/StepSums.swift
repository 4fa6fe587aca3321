/// Running sums of a step function: what averages and deviations over any stretch of it are
/// differences of.
///
/// Everything is an integer, so that no sum drifts: figures count in the finest unit seen, from the
/// first figure on; squares are kept to 256 bits.
struct StepSums: Sendable {
  fileprivate struct Entry {
    /// Never before that of the entry before it, also when the clock was set back.
    let position: Int64
    /// The figure in units, less the origin.
    let value: Int64
    /// Of value × length over all that came before.
    let sum: Int128
    /// Of value² × length over all that came before.
    let squares: WideInteger
  }

  /// Figures are multiples of one in so many; beyond, nothing is summed.
  private static let largestUnit: Int128 = 1 << 62

  private let axis: Axis
  private var entries: [Entry] = []
  private var unit: Int128 = 1
  private var origin: Int128?

  /// Whether a figure could not be counted in a common unit: there are no sums then.
  private var isBeyond = false

  /// No figures yet.
  init(along axis: Axis) { self.axis = axis }

  /// Adds a figure, the newest; `earlier` are all those before it, for when the unit gets finer.
  mutating func append(_ point: SeriesPoint, after earlier: ArraySlice<SeriesPoint>) {
    guard !isBeyond else { return }
    let rate = point.rate.perUnit
    if unit != rate.denominator, unit % rate.denominator != 0 {
      rebuild(earlier, in: rate.denominator)
      guard !isBeyond else { return }
    }
    if origin == nil { origin = whole(rate) }
    guard let value = value(of: rate) else {
      isBeyond = true
      entries = []
      return
    }
    let position = axis.position(of: point)
    guard let last = entries.last else {
      entries.append(Entry(position: position, value: value, sum: 0, squares: .zero))
      return
    }
    entries.append(last.followed(by: value, at: max(position, last.position)))
  }

  /// Lets go of the oldest figures.
  mutating func removeFirst(_ count: Int) { entries.removeFirst(min(count, entries.count)) }

  /// The moments between two positions; nil before the first figure, or beyond exact arithmetic.
  func moments(from start: Int64, to end: Int64) -> StepMoments? {
    guard let last = entries.last, let origin, start < end, let first = entry(at: start) else {
      return nil
    }
    let before = first.followed(by: 0, at: start)
    let after = last.followed(by: 0, at: max(end, last.position))
    return StepMoments(
      length: end - start, sum: after.sum - before.sum, squares: after.squares - before.squares,
      origin: origin, unit: unit)
  }

  /// The moments between two positions, with a figure that is newer than all.
  func moments(
    from start: Int64, to end: Int64, newest: SeriesPoint, after earlier: ArraySlice<SeriesPoint>
  ) -> StepMoments? {
    let rate = newest.rate.perUnit
    guard let last = entries.last, unit == rate.denominator || unit % rate.denominator == 0,
      let value = value(of: rate)
    else {
      // The unit gets finer with this figure: seldom, and then all is counted anew.
      var sums = self
      sums.append(newest, after: earlier)
      return sums.isBeyond ? nil : sums.moments(from: start, to: end)
    }
    guard let origin, start < end else { return nil }
    let entry = last.followed(by: value, at: max(axis.position(of: newest), last.position))
    guard let first = entry.position <= start ? entry : self.entry(at: start) else { return nil }
    let before = first.followed(by: 0, at: start)
    let after = entry.followed(by: 0, at: max(end, entry.position))
    return StepMoments(
      length: end - start, sum: after.sum - before.sum, squares: after.squares - before.squares,
      origin: origin, unit: unit)
  }

  /// The entry in force at a position.
  private func entry(at position: Int64) -> Entry? {
    guard let first = entries.first, let last = entries.last else { return nil }
    return entries.indices.last(notAfter: position, from: first.position, to: last.position) {
      entries[$0].position
    }.map { entries[$0] }
  }

  /// A figure in units from the origin; nil where it does not fit.
  private func value(of rate: Fraction) -> Int64? {
    guard let origin, let whole = whole(rate), whole.magnitude < 1 << 100,
      origin.magnitude < 1 << 100, let value = Int64(exactly: whole - origin),
      value.magnitude < 1 << 62
    else { return nil }
    return value
  }

  private func whole(_ rate: Fraction) -> Int128? {
    if unit == rate.denominator { return rate.numerator }
    let (whole, overflow) = rate.numerator.multipliedReportingOverflow(by: unit / rate.denominator)
    return overflow ? nil : whole
  }

  /// Counts everything anew in a unit that also fits one in `denominator`.
  private mutating func rebuild(_ points: ArraySlice<SeriesPoint>, in denominator: Int128) {
    var larger = unit
    var smaller = denominator
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    let (common, overflow) = (unit / larger).multipliedReportingOverflow(by: denominator)
    let kept = Array(points.suffix(entries.count))
    entries = []
    origin = nil
    guard !overflow, common < Self.largestUnit else {
      isBeyond = true
      return
    }
    unit = common
    for index in kept.indices { append(kept[index], after: kept[..<index]) }
  }
}

extension StepSums.Entry {
  /// What stands at a later position with another figure from there on.
  fileprivate func followed(by value: Int64, at position: Int64) -> Self {
    let length = Int128(position) - Int128(self.position)
    let figure = Int128(self.value)
    return Self(
      position: position, value: value, sum: sum + figure * length,
      squares: squares + WideInteger(figure * figure, times: length))
  }
}

/// The zeroth, first and second moment of a step function over a stretch.
struct StepMoments: Sendable {
  /// Along the axis; positive.
  let length: Int64
  let sum: Int128
  let squares: WideInteger
  let origin: Int128
  let unit: Int128

  /// The average; nil beyond exact arithmetic.
  var mean: Fraction? {
    let (base, overflow) = origin.multipliedReportingOverflow(by: Int128(length))
    let (top, overflow2) = base.addingReportingOverflow(sum)
    let (bottom, overflow3) = unit.multipliedReportingOverflow(by: Int128(length))
    guard !overflow, !overflow2, !overflow3, top.magnitude < 1 << 119, bottom < 1 << 119 else {
      return nil
    }
    return Fraction(numerator: top, denominator: bottom)
  }

  /// The deviation from the average, rounded down and up; equal where it is exact, nil beyond exact
  /// arithmetic.
  var deviation: (low: Fraction, high: Fraction)? {
    // length × Σ value² - (Σ value)² is length² times the variance.
    guard let squares = squares.multiplied(by: length) else { return nil }
    let variance = squares - WideInteger(sum, times: sum)
    let (bottom, overflow) = unit.multipliedReportingOverflow(by: Int128(length))
    guard !variance.isNegative, !overflow, bottom < 1 << 104 else { return nil }
    // Bits after the point of the root, as many as the parts of a fraction have room for.
    let bottomBits = 128 - bottom.leadingZeroBitCount
    let places = max(0, min((118 - variance.bitCount) / 2, 118 - bottomBits))
    guard let root = variance.squareRoot(places: places) else { return nil }
    let divisor = bottom << places
    guard root.high.magnitude < 1 << 119 else { return nil }
    return (
      Fraction(numerator: root.low, denominator: divisor),
      Fraction(numerator: root.high, denominator: divisor)
    )
  }
}
