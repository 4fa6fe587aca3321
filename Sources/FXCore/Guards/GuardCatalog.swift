/// The guards, the more specific ones first: the first that finds something names the suspicion.
enum GuardCatalog {
  static let all: [any RateGuard.Type] = [
    ValueDateGuard.self,
    NonPositiveGuard.self,
    NominalGuard.self,
    InvertedGuard.self,
    RedenominationGuard.self,
    PowerOfTenGuard.self,
    IdenticalDigitsGuard.self,
  ]

  /// The largest ratio between a suspect rate and the next one that confirms it: more than a tick
  /// of the coarsest series, less than any error that guards look for.
  static let confirmingJump = Fraction(numerator: 5, denominator: 4)

  /// The polls in a row, that of the first included, and the time over which a page without a date must
  /// contain a suspect rate to confirm it: more than a cache or a mistake lasts.
  static let confirmingPolls = 3
  static let confirmingTime: Duration = .seconds(30 * 60)

  /// The smallest jump that a guard of rates examines, as numerator and denominator: that of
  /// `IdenticalDigitsGuard`.
  private static let leastJump: (Int128, Int128) = (21, 20)

  /// True if no guard except `ValueDateGuard` can suspect a rate: it is positive, and has the same
  /// nominal as the last one and less than any jump from it.
  ///
  /// Exact. Cost: a few instructions.
  static func isPlausible(_ rate: Rate, after last: Rate?) -> Bool {
    guard rate.printed.coefficient > 0 else { return false }
    guard let last else { return true }
    guard last.nominal == rate.nominal, last.printed.coefficient > 0 else { return false }
    let (old, new) = ExactDecimal.aligned(last.printed, rate.printed)
    return max(old, new) * leastJump.1 < min(old, new) * leastJump.0
  }

  /// Returns the suspicion of a line; nil if the line is trusted.
  ///
  /// `pending` is the last suspect rate of the series if no trusted one followed. It is confirmed by a
  /// line that the same guard suspects at about the same level, for a value date not before its own;
  /// if the date itself is suspect, for a later date; without dates, by the same rate in several polls.
  static func suspicion(
    of line: GuardedLine, on page: GuardedPage, pending: SuspectPoint?
  ) -> Suspicion? {
    for rateGuard in all {
      guard let reason = rateGuard.finding(of: line, on: page) else { continue }
      let suspicion = Suspicion(guardName: rateGuard.name, reason: reason)
      if rateGuard.canBeConfirmed, let pending, pending.isRepeated(by: line.rate, suspicion),
        page.confirms(pending)
      {
        // A confirmed date does not confirm the rates; a confirmed rate ends the checks.
        if rateGuard == ValueDateGuard.self { continue }
        return nil
      }
      return suspicion
    }
    return nil
  }
}

extension GuardedPage {
  /// True if the page's value date can confirm a suspect rate.
  ///
  /// A page that a cache serves twice does not confirm its own date.
  fileprivate func confirms(_ pending: SuspectPoint) -> Bool {
    guard let valueDate else { return confirmsUndated(since: pending.point.firstSeen) }
    guard let day = pending.point.valueDate else { return true }
    return pending.suspicion.guardName == ValueDateGuard.name ? valueDate > day : valueDate >= day
  }
}
