/// Prefix sums of a step function: sums from the beginning to each step, whose differences give the
/// average and deviation of any stretch.
///
/// All sums are exact integers: rates are counted in multiples of 1/`unit`, relative to the first rate.
/// The sums of squares have 256 bits and are kept only on demand.
struct PrefixSums: Sendable {
  struct Entry {
    /// Ascending, even if the clock was set back.
    let position: Int64
    /// The rate in units, relative to the origin.
    let value: Int64
    /// The sum of value × length of all earlier entries.
    let sum: Int128
  }

  /// The limit of `unit`; beyond it nothing is summed.
  private static let largestUnit: Int128 = 1 << 62

  // The order of the fields avoids padding, because every series has sums.

  /// The first rate in units; 0 without entries.
  private var origin: Int128 = 0

  private(set) var entries: [Entry] = []

  /// The sum of value² × length of all entries before each one; empty if squares are not kept.
  private var squares: [Int256] = []

  /// The common denominator of all rates.
  private var unit: Int64 = 1

  /// The units of rates printed like the newest, which are nearly all.
  private var usual = Measure.none

  private let axis: Axis
  private let keepsSquares: Bool

  /// Indicates whether the rates have no common denominator below the limit; there are no sums then.
  private var hasOverflown = false

  /// The number of units of one in the last place, for all rates of one scale and nominal.
  private struct Measure {
    let units: Int64
    let nominal: Int32
    let scale: UInt8

    /// The measure before the first rate.
    static let none = Measure(units: 0, nominal: 0, scale: 0)
  }

  /// Makes sums without rates.
  init(along axis: Axis, withSquares keepsSquares: Bool) {
    self.axis = axis
    self.keepsSquares = keepsSquares
  }

  /// Appends the newest point; `earlier` are all points before it, for the case that the unit gets
  /// finer.
  mutating func append(_ point: SeriesPoint, after earlier: [SeriesPoint]) {
    guard !hasOverflown else { return }
    let rate = point.rate
    if !canCount(rate) {
      rebuild(earlier, in: rate.perUnit.denominator)
      guard !hasOverflown else { return }
    }
    usual =
      units(in: rate).map {
        Measure(
          units: $0, nominal: Int32(truncatingIfNeeded: rate.nominal),
          scale: UInt8(truncatingIfNeeded: rate.printed.scale))
      } ?? .none
    if entries.isEmpty { origin = whole(rate) ?? 0 }
    guard let value = value(of: rate) else {
      hasOverflown = true
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

  /// Removes the newest entry.
  mutating func removeLast() {
    _ = (entries.popLast(), squares.popLast())
  }

  /// Removes the oldest entries.
  mutating func removeFirst(_ count: Int) {
    entries.removeFirst(min(count, entries.count))
    squares.removeFirst(min(count, squares.count))
  }

  /// Returns true if a rate is a multiple of the current unit, or if there are no sums.
  func canCount(_ rate: Rate) -> Bool { hasOverflown || units(in: rate) != nil }

  /// Returns the moments between two positions, with `newest` appended or, if it is the last entry,
  /// repeated.
  ///
  /// Nil if `start` is before the first rate, or beyond exact arithmetic. Precondition: `newest` is a
  /// multiple of the unit.
  func moments(from start: Int64, to end: Int64, newest: SeriesPoint) -> WindowMoments? {
    guard let last = entries.last, start < end, let value = value(of: newest.rate) else {
      return nil
    }
    let entry = last.followed(by: value, at: max(axis.position(of: newest), last.position))
    // The entry valid at the start: the newest itself, or a stored one.
    let isNewest = entry.position <= start
    guard let index = isNewest ? entries.count - 1 : index(at: start) else { return nil }
    let first = isNewest ? entry : entries[index]
    // If the clock was set back, the newest entry begins after `end`.
    let finish = max(end, entry.position)
    var moments = WindowMoments(
      length: finish - start, sum: entry.sum(until: finish) - first.sum(until: start), squares: nil,
      newest: value, origin: origin, unit: Int128(unit))
    if let sum = squares.last {
      let latest = sum + last.square(until: entry.position)
      let before = (isNewest ? latest : squares[index]) + first.square(until: start)
      moments.squares = latest + entry.square(until: finish) - before
    }
    return moments
  }

  /// Returns the index of the entry valid at a position.
  private func index(at position: Int64) -> Int? {
    guard let first = entries.first, let last = entries.last else { return nil }
    return entries.indices.last(notAfter: position, from: first.position, to: last.position) {
      entries[$0].position
    }
  }

  /// Returns a rate in units, relative to the origin; nil if it does not fit.
  private func value(of rate: Rate) -> Int64? {
    guard let whole = whole(rate), whole.magnitude < 1 << 100, origin.magnitude < 1 << 100,
      let value = (whole &- origin).short, value.magnitude < 1 << 62
    else { return nil }
    return value
  }

  /// Returns a rate in units; nil if it is not a multiple of them.
  private func whole(_ rate: Rate) -> Int128? {
    units(in: rate).map { Int128(rate.printed.coefficient) &* Int128($0) }
  }

  /// Returns the number of units of one in the last place of a rate; nil if that is not an integer.
  @inline(__always)
  private func units(in rate: Rate) -> Int64? {
    if usual.scale == rate.printed.scale, usual.nominal == rate.nominal { return usual.units }
    return unusualUnits(in: rate)
  }

  private func unusualUnits(in rate: Rate) -> Int64? {
    let (units, rest) = Int128(unit).quotientAndRemainder(dividingBy: rate.perUnit.denominator)
    return rest == 0 ? Int64(units) : nil
  }

  /// Recomputes all sums in a unit that also fits `denominator`.
  private mutating func rebuild(_ points: [SeriesPoint], in denominator: Int128) {
    var larger = Int128(unit)
    var smaller = denominator
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    let common = (Int128(unit) / larger).product(with: denominator)
    let remaining = Array(points.suffix(entries.count))
    entries = []
    squares = []
    guard let common, common < Self.largestUnit, let short = common.short else {
      hasOverflown = true
      return
    }
    unit = short
    usual = .none
    // The unit fits all of them, so no earlier points are needed.
    for point in remaining { append(point, after: []) }
  }
}

extension PrefixSums.Entry {
  /// Returns the entry after this one, at a later position.
  fileprivate func followed(by value: Int64, at position: Int64) -> Self {
    Self(position: position, value: value, sum: sum(until: position))
  }

  /// Returns the sum up to a later position, with one multiplication of 64 by 64 bits.
  fileprivate func sum(until position: Int64) -> Int128 {
    sum + Int128(value) &* Int128(position &- self.position)
  }

  /// Returns value² × length from this position to a later one.
  fileprivate func square(until position: Int64) -> Int256 {
    let value = value.magnitude
    return Int256(UInt128(value) &* UInt128(value), times: position &- self.position)
  }
}
