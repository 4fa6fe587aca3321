/// A rate that is zero or less: a missing figure printed as a number.
///
/// It is never confirmed.
enum NonPositiveGuard: RateGuard {
  static let name = "non-positive"
  static let canBeConfirmed = false

  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String? {
    line.rate.printed.isZero || line.rate.printed.isNegative
      ? "\(line.rate.printed) is not above zero" : nil
  }
}
