/// Detects a rate of zero or less, which is a missing rate printed as a number.
///
/// Such a rate is never confirmed.
enum NonPositiveGuard: RateGuard {
  static let name = "non-positive"
  static let canBeConfirmed = false

  static func finding(of line: GuardedLine, on page: GuardedPage) -> String? {
    line.rate.printed.isZero || line.rate.printed.isNegative
      ? "\(line.rate.printed) is not above zero" : nil
  }
}
