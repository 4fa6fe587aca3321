extension Array {
  /// Returns the last element whose position is at most `position`, given that positions ascend; nil if
  /// there is none.
  ///
  /// Cost: that of the interpolation search below.
  func last(notAfter position: Int64, _ positionOf: (Element) -> Int64) -> Element? {
    guard let first, let last else { return nil }
    return indices.last(notAfter: position, from: positionOf(first), to: positionOf(last)) {
      positionOf(self[$0])
    }.map { self[$0] }
  }
}

extension Range<Int> {
  /// Returns the last index whose position is at most `position`, given that positions ascend; nil if
  /// there is none.
  ///
  /// `start` is the position of the first index, `end` that of the last. An interpolation search: looks first at the index where the position would be if the distances were
  /// equal, then doubles its steps away from there, then bisects. Cost: a few looks if distances are
  /// equal, at most twice the logarithm of the count otherwise.
  func last(
    notAfter position: Int64, from start: Int64, to end: Int64, _ positionOf: (Int) -> Int64
  ) -> Int? {
    guard !isEmpty else { return nil }
    if position >= end { return upperBound - 1 }
    if position < start { return nil }
    // Invariant: the position of `low` is at most `position`, that of `high` is above it.
    var low = lowerBound
    var high = upperBound - 1
    // The fraction is below 1, so the quotient fits.
    let (offset, length) = (position.distance(from: start), end.distance(from: start))
    let share = length.dividingFullWidth(offset.multipliedFullWidth(by: UInt64(high - low)))
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
    return (low + 1..<high).partitioningIndex { positionOf($0) > position } - 1
  }
}

extension Int64 {
  /// Returns the distance from a smaller value.
  fileprivate func distance(from smaller: Int64) -> UInt64 {
    UInt64(bitPattern: self &- smaller)
  }
}
