/// The guards, the more telling ones first: the first that trips names the suspicion.
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

  /// How far the next publication may be from a suspect figure and still confirm it: farther than a
  /// tick of the coarsest series, nearer than any of the errors guards look for.
  static let confirmingJump = Fraction(numerator: 5, denominator: 4)

  /// The least jump that any guard of figures looks at, as numerator and denominator: that of
  /// identical digits, the least of all.
  private static let leastJump: (Int128, Int128) = (21, 20)

  /// Whether no guard can trip over a figure, its value date aside: it is positive, and, where there
  /// is a last one, of the same nominal and less than any jump from it.
  ///
  /// A few instructions; exact.
  static func isQuiet(_ rate: Rate, after last: Rate?) -> Bool {
    guard rate.printed.coefficient > 0 else { return false }
    guard let last else { return true }
    guard last.nominal == rate.nominal, last.printed.coefficient > 0 else { return false }
    let (old, new) = ExactDecimal.aligned(last.printed, rate.printed)
    return max(old, new) * leastJump.1 < min(old, new) * leastJump.0
  }

  /// What is held against a line; nil where it is to be trusted.
  ///
  /// `held` is the suspect figure the series printed last, where nothing trusted came since. It is
  /// confirmed by a line that trips the same guard at about the same level, for a value date not
  /// before its own; where the date itself is suspect, for a later one.
  static func suspicion(
    of line: GuardedLine, on page: GuardedPage, held: SuspectPoint?
  ) -> Suspicion? {
    for rateGuard in all {
      guard let reason = rateGuard.oddity(of: line, on: page) else { continue }
      let suspicion = Suspicion(guardName: rateGuard.name, reason: reason)
      if rateGuard.canBeConfirmed, let held, held.isRepeated(by: line.rate, suspicion),
        page.confirms(held)
      {
        // A date that proves right says nothing of the figures; a level that does says all.
        if rateGuard == ValueDateGuard.self { continue }
        return nil
      }
      return suspicion
    }
    return nil
  }
}

extension GuardedPage {
  /// Whether the page is of a day that can confirm a suspect figure.
  ///
  /// A page that a cache serves twice
  /// does not confirm its own date.
  fileprivate func confirms(_ held: SuspectPoint) -> Bool {
    guard let day = held.point.valueDate, let valueDate else { return true }
    return held.suspicion.guardName == ValueDateGuard.name ? valueDate > day : valueDate >= day
  }
}
