/// Finds what a user probably meant.
package enum NearestName {
  /// The candidate with the smallest edit distance to `name`, the first in the alphabet among
  /// equals; nil where none is near.
  ///
  /// Near is a distance of at most a third of the longer word's length, but always one edit; letters
  /// swapped count as one, so does all that a shortened word of three letters or more lacks (`warn`),
  /// and case does not count. Of a word of one letter nothing is near but its other case. Cost:
  /// length × length × candidates; only the first 64 characters of a word count.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().prefix(64))
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().prefix(64))
      let isShortened = wanted.count >= 3 && other.starts(with: wanted)
      let distance = isShortened ? min(1, other.count - wanted.count) : distance(wanted, other)
      let longer = max(wanted.count, other.count)
      guard distance <= max(1, longer / 3), distance < longer else { continue }
      if best.map({ (distance, candidate) < ($0.distance, $0.name) }) ?? true {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// `; did you mean 'timesca'?`, or nothing where no candidate is near.
  package static func suggestion(
    for name: String, among candidates: some Sequence<String>
  ) -> String {
    nearest(to: name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }

  /// Optimal string alignment distance.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let substitution = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        var best = min(substitution, last[column] + 1, current[column - 1] + 1)
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
