/// The result of a numeric expression.
enum NumericResult: Sendable {
  case known(RateRange)
  case missing(Absence)

  /// Returns the result as a certainty reads it: under `printed` without the range of its rounding.
  func read(_ certainty: Certainty) -> NumericResult {
    certainty == .printed ? map(\.asPrinted) : self
  }

  /// Returns the result with a known range replaced.
  func map(_ transform: (RateRange) -> RateRange) -> NumericResult {
    guard case .known(let range) = self else { return self }
    return .known(transform(range))
  }
}
