/// The steps in which moves of rates are counted.
enum RateStep: String, CaseIterable, Sendable {
  /// 0.0001 of the quote currency, or 0.01 of the yen.
  case pip
  /// The smallest step that the series prints.
  case tick

  /// Returns the step of a name in the singular or plural; nil for any other word.
  init?(word: String) {
    guard
      let step = Self.allCases.first(where: { [$0.rawValue, $0.rawValue + "s"].contains(word) })
    else { return nil }
    self = step
  }
}
