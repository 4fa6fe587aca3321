extension Array {
  /// The last element, of ones at ascending positions, that is not after a position; nil where there
  /// is none.
  ///
  /// Cost: a few looks where distances are even, the logarithm of the count at most twice otherwise.
  func last(notAfter position: Int64, _ positionOf: (Element) -> Int64) -> Element? {
    guard let first, let last else { return nil }
    return indices.last(notAfter: position, from: positionOf(first), to: positionOf(last)) {
      positionOf(self[$0])
    }.map { self[$0] }
  }
}

extension Range<Int> {
  /// The last place, of ascending ones, whose position is at most `position`; nil where there is
  /// none.
  ///
  /// Looks first where the position would be if the places had even distances from `start`, the
  /// position of the first, to `end`, that of the last; then around it, ever farther, and then between.
  /// Cost: a few looks where distances are even, the logarithm of the count at most twice otherwise.
  func last(
    notAfter position: Int64, from start: Int64, to end: Int64, _ positionOf: (Int) -> Int64
  ) -> Int? {
    guard !isEmpty else { return nil }
    if position >= end { return upperBound - 1 }
    if position < start { return nil }
    // From here on: the place `low` is not after the position, the place `high` is.
    var low = lowerBound
    var high = upperBound - 1
    // The share of the way is below 1, so that the quotient fits.
    let (way, whole) = (position.distance(from: start), end.distance(from: start))
    let share = whole.dividingFullWidth(way.multipliedFullWidth(by: UInt64(high - low)))
    let guess = Swift.min(low + Int(share.quotient), high - 1)
    var step = 1
    if positionOf(guess) <= position {
      low = guess
      while low + step < high, positionOf(low + step) <= position {
        low += step
        step *= 2
      }
      high = Swift.min(high, low + step)
    } else {
      high = guess
      while high - step > low, positionOf(high - step) > position {
        high -= step
        step *= 2
      }
      low = Swift.max(low, high - step)
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if positionOf(middle) <= position { low = middle } else { high = middle }
    }
    return low
  }
}

extension Int64 {
  /// How far it lies above a smaller one.
  fileprivate func distance(from smaller: Int64) -> UInt64 {
    UInt64(bitPattern: self &- smaller)
  }
}
