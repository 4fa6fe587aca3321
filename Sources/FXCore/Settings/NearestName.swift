/// Suggestions for misspelled names.
package enum NearestName {
  /// Returns the candidate with the smallest edit distance to `name`, of equal ones the first in
  /// alphabetical order; nil if none is near.
  ///
  /// Near is a distance of at most a third of the longer word's length, or of one edit. Swapped
  /// letters are one edit, and so is the missing end of a prefix of three letters or more (`warn`).
  /// Case is ignored. A word of one letter is near only its other case. Cost: length × length ×
  /// candidates; only the first 64 characters of a word are compared.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let given = Array(name.lowercased().prefix(64))
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().prefix(64))
      let isShortened = given.count >= 3 && other.starts(with: given)
      let distance = isShortened ? min(1, other.count - given.count) : distance(given, other)
      let longer = max(given.count, other.count)
      guard distance <= max(1, longer / 3), distance < longer else { continue }
      if best.map({ (distance, candidate) < ($0.distance, $0.name) }) ?? true {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// Returns `; did you mean 'timesca'?`, or an empty text if no candidate is near.
  package static func suggestion(
    for name: String, among candidates: some Sequence<String>
  ) -> String {
    nearest(to: name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }

  /// Returns the optimal string alignment distance.
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
