/// The rules of one series that consist of levels alone, and the part of them that its current rate
/// leaves unsettled.
///
/// Immutable and a reference, as most series have none; replaced as a whole.
final class LevelRules: Sendable {
  let index: ThresholdIndex

  /// The indices of the rules that are not settled.
  let unsettled: Set<Int>

  /// The rates around the current one without a level between them.
  private let gap: RateGap?

  /// Rules by their levels, at a current rate.
  convenience init(_ index: ThresholdIndex, unsettled: Set<Int>, at rate: Rate) {
    self.init(index, unsettled: unsettled, index.gap(around: rate.perUnit))
  }

  private init(_ index: ThresholdIndex, unsettled: Set<Int>, _ gap: RateGap?) {
    self.index = index
    self.unsettled = unsettled
    self.gap = gap
  }

  /// Returns the same rules with others unsettled.
  func with(_ unsettled: Set<Int>) -> LevelRules { LevelRules(index, unsettled: unsettled, gap) }

  /// True if a rate certainly reaches no level, and all rules are settled.
  func areUnmoved(at rate: Rate) -> Bool { unsettled.isEmpty && gap?.contains(rate) ?? false }

  /// Returns the rules that are not settled, or have a level between two rates.
  func moved(from earlier: Rate, to rate: Rate) -> Set<Int> {
    earlier == rate
      ? unsettled : unsettled.union(index.rules(between: earlier.perUnit, and: rate.perUnit))
  }
}
