/// An open interval of rates; an end beyond all rates is unbounded.
struct RateGap: Sendable {
  let low: Fraction64
  let high: Fraction64

  /// True if a rate lies within; false for one that does not fit 64 bits.
  func contains(_ rate: Rate) -> Bool {
    Fraction64(rate).map { low < $0 && $0 < high } ?? false
  }
}
