/// Running sums of a step function: what averages and deviations over any stretch of it are
/// differences of.
///
/// Everything is an integer, so that no sum drifts: figures count in the finest unit seen, from the
/// first figure on; squares are kept to 256 bits, beside the rest and only where they are asked for.
struct PrefixSums: Sendable {
  fileprivate struct Entry {
    /// Never before that of the entry before it, also when the clock was set back.
    let position: Int64
    /// The figure in units, less the origin.
    let value: Int64
    /// Of value × length over all that came before.
    let sum: Int128
  }

  /// Figures are multiples of one in so many; beyond, nothing is summed.
  private static let largestUnit: Int128 = 1 << 62

  // In an order in which little is lost between them: every series has sums.

  /// Of the first figure, in units; nothing without entries.
  private var origin: Int128 = 0

  private var entries: [Entry] = []

  /// Of value² × length over all that came before each entry; empty where they are not kept.
  private var squares: [Int256] = []

  private var unit: Int64 = 1

  /// How the newest figure counts, and with it nearly all.
  private var usual = Measure.none

  private let axis: Axis
  private let keepsSquares: Bool

  /// Whether a figure could not be counted in a common unit: there are no sums then.
  private var isBeyond = false

  /// Figures of one scale and nominal are multiples of as many units.
  private struct Measure {
    let units: Int64
    let nominal: Int32
    let scale: UInt8

    /// That of no figure.
    static let none = Measure(units: 0, nominal: 0, scale: 0)
  }

  /// No figures yet.
  init(along axis: Axis, withSquares keepsSquares: Bool) {
    self.axis = axis
    self.keepsSquares = keepsSquares
  }

  /// Adds a figure, the newest; `earlier` are all those before it, for when the unit gets finer.
  mutating func append(_ point: SeriesPoint, after earlier: [SeriesPoint]) {
    guard !isBeyond else { return }
    let rate = point.rate
    if !canCount(rate) {
      rebuild(earlier, in: rate.perUnit.denominator)
      guard !isBeyond else { return }
    }
    usual =
      units(in: rate).map {
        Measure(
          units: $0, nominal: Int32(truncatingIfNeeded: rate.nominal),
          scale: UInt8(truncatingIfNeeded: rate.printed.scale))
      } ?? .none
    if entries.isEmpty { origin = whole(rate) ?? 0 }
    guard let value = value(of: rate) else {
      isBeyond = true
      entries = []
      squares = []
      return
    }
    let position = axis.position(of: point)
    guard let last = entries.last else {
      entries.append(Entry(position: position, value: value, sum: 0))
      if keepsSquares { squares.append(.zero) }
      return
    }
    let next = last.followed(by: value, at: max(position, last.position))
    if keepsSquares, let sum = squares.last {
      squares.append(sum + last.square(until: next.position))
    }
    entries.append(next)
  }

  /// Lets go of the oldest figures.
  mutating func removeFirst(_ count: Int) {
    entries.removeFirst(min(count, entries.count))
    squares.removeFirst(min(count, squares.count))
  }

  /// Whether it is in order at its ends and about a position, as it always is.
  func isInOrder(about position: Int64) -> Bool {
    guard let first = entries.first?.position, let last = entries.last?.position, first < last
    else { return true }
    // Where it would be if distances were even, of which there is one less than entries.
    let way = min(max(position &- first, 0), last &- first)
    let distance = max(1, (last &- first) / Int64(entries.count - 1))
    let place = min(Int(way / distance), entries.count - 1)
    return first <= entries[place].position
  }

  /// Whether a figure counts in the unit there is; also where nothing is counted any more.
  func canCount(_ rate: Rate) -> Bool { isBeyond || units(in: rate) != nil }

  /// The moments between two positions, with a figure that is newer than all, or the newest again.
  ///
  /// Nil before the first figure, and beyond exact arithmetic; the figure counts in the unit.
  func moments(from start: Int64, to end: Int64, newest: SeriesPoint) -> WindowMoments? {
    guard let last = entries.last, start < end, let value = value(of: newest.rate) else {
      return nil
    }
    let entry = last.followed(by: value, at: max(axis.position(of: newest), last.position))
    // In force at the start: the newest figure itself, or one that is kept.
    let isNewest = entry.position <= start
    guard let place = isNewest ? entries.count - 1 : place(at: start) else { return nil }
    let first = isNewest ? entry : entries[place]
    // Where the clock was set back, what came before now is not over yet.
    let finish = max(end, entry.position)
    var moments = WindowMoments(
      length: finish - start, sum: entry.sum(until: finish) - first.sum(until: start), squares: nil,
      newest: value, origin: origin, unit: Int128(unit))
    if let sum = squares.last {
      let latest = sum + last.square(until: entry.position)
      let before = (isNewest ? latest : squares[place]) + first.square(until: start)
      moments.squares = latest + entry.square(until: finish) - before
    }
    return moments
  }

  /// The place of the entry in force at a position.
  private func place(at position: Int64) -> Int? {
    guard let first = entries.first, let last = entries.last else { return nil }
    return entries.indices.last(notAfter: position, from: first.position, to: last.position) {
      entries[$0].position
    }
  }

  /// A figure in units from the origin; nil where it does not fit.
  private func value(of rate: Rate) -> Int64? {
    guard let whole = whole(rate), whole.magnitude < 1 << 100, origin.magnitude < 1 << 100,
      let value = (whole &- origin).short, value.magnitude < 1 << 62
    else { return nil }
    return value
  }

  /// A figure in units; nil where it does not count in them.
  private func whole(_ rate: Rate) -> Int128? {
    units(in: rate).map { Int128(rate.printed.coefficient) &* Int128($0) }
  }

  /// How many units one in the last place of a figure is; nil where that is no whole number.
  @inline(__always)
  private func units(in rate: Rate) -> Int64? {
    if usual.scale == rate.printed.scale, usual.nominal == rate.nominal { return usual.units }
    return unusualUnits(in: rate)
  }

  private func unusualUnits(in rate: Rate) -> Int64? {
    let (units, rest) = Int128(unit).quotientAndRemainder(dividingBy: rate.perUnit.denominator)
    return rest == 0 ? Int64(units) : nil
  }

  /// Counts everything anew in a unit that also fits one in `denominator`.
  private mutating func rebuild(_ points: [SeriesPoint], in denominator: Int128) {
    var larger = Int128(unit)
    var smaller = denominator
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    let common = (Int128(unit) / larger).product(with: denominator)
    let kept = Array(points.suffix(entries.count))
    entries = []
    squares = []
    guard let common, common < Self.largestUnit, let short = common.short else {
      isBeyond = true
      return
    }
    unit = short
    usual = .none
    // The unit now fits all of them.
    for point in kept { append(point, after: []) }
  }
}

extension PrefixSums.Entry {
  /// What stands at a later position with another figure from there on.
  fileprivate func followed(by value: Int64, at position: Int64) -> Self {
    Self(position: position, value: value, sum: sum(until: position))
  }

  /// The sum up to a later position.
  ///
  /// 64 bits by 64.
  fileprivate func sum(until position: Int64) -> Int128 {
    sum + Int128(value) &* Int128(position &- self.position)
  }

  /// Value² × length from here to a later position.
  fileprivate func square(until position: Int64) -> Int256 {
    let value = value.magnitude
    return Int256(UInt128(value) &* UInt128(value), times: position &- self.position)
  }
}

/// The zeroth, first and second moment of a step function over a stretch.
struct WindowMoments: Sendable {
  /// Along the axis; positive.
  let length: Int64
  let sum: Int128
  /// Nil where they are not kept.
  var squares: Int256?
  /// The newest figure in units, less the origin.
  let newest: Int64
  let origin: Int128
  let unit: Int128

  /// The average; nil beyond exact arithmetic.
  var mean: Fraction? {
    guard let base = origin.product(with: Int128(length)),
      let bottom = unit.product(with: Int128(length))
    else { return nil }
    let (top, overflow) = base.addingReportingOverflow(sum)
    guard !overflow, top.magnitude < 1 << 119, bottom < 1 << 119 else { return nil }
    return Fraction(numerator: top, denominator: bottom)
  }

  /// length × Σ value² - (Σ value)²: length² times the variance, in units.
  ///
  /// Nil beyond exact arithmetic.
  var scaledVariance: Int256? {
    squares?.multiplied(by: length).map { $0 - Int256(sum, times: sum) }
  }

  /// The deviation from the average, rounded down and up; equal where it is exact, nil beyond exact
  /// arithmetic.
  var deviation: (low: Fraction, high: Fraction)? {
    guard let variance = scaledVariance, let bottom = unit.product(with: Int128(length)),
      !variance.isNegative, bottom < 1 << 104
    else { return nil }
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
