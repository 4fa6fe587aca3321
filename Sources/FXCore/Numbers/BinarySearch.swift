extension RandomAccessCollection {
  /// Returns the index of the first element for which a condition is true, given that it is false for
  /// all elements before that one and true for all after it; `endIndex` if it is false for all.
  ///
  /// The binary search of FXCore, named as in swift-algorithms. Cost: the logarithm of the count.
  @inlinable
  package func partitioningIndex(where belongsInSecondPartition: (Element) -> Bool) -> Index {
    var start = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(start, offsetBy: half)
      if belongsInSecondPartition(self[middle]) {
        count = half
      } else {
        start = index(after: middle)
        count -= half + 1
      }
    }
    return start
  }
}
