/// The pairs that one alert is about, with the verdict of each, while the rule is evaluated.
///
/// A reference, because nearly all alerts are about one pair and have none.
final class AlertGroup: Sendable {
  /// One pair that the rule watches.
  struct Member: Sendable {
    let series: Series

    /// The view of the series; nil where it cannot be evaluated, as where its source no longer prints it.
    let view: EvaluatedSeries?

    let verdict: Verdict

    /// True if the rule's `release` certainly holds.
    let isReleased: Bool
  }

  /// In the order of the pairs.
  let members: [Member]

  /// The number of pairs for which the condition must hold.
  let needed: Int

  /// The number of pairs that the rule watches at the source, with those that it names and that the source
  /// never printed.
  let total: Int

  /// The progress of the alert before the evaluation.
  let progress: AlertProgress?

  private let hasRelease: Bool

  /// The pairs of a rule.
  init(_ members: [Member], of rule: Rule, _ progress: AlertProgress?) {
    self.members = members
    self.progress = progress
    let printed = Set(members.map(\.series.pair))
    let unprinted = rule.namedPairs?.count { !printed.contains($0) } ?? 0
    total = members.count + unprinted
    needed = rule.group?.needed(of: total) ?? 1
    hasRelease = rule.release != nil
  }

  /// The members for which the condition certainly holds.
  var holding: [Member] { members.filter { $0.verdict == .holds } }

  /// The verdict on the group: it holds where the condition holds for enough pairs, and does not where it
  /// certainly does not hold for too many.
  var verdict: Verdict {
    if members.count(where: { $0.verdict == .holds }) >= needed { return .holds }
    let excluded = members.count { $0.verdict == .doesNotHold }
    if total - excluded < needed { return .doesNotHold }
    if members.contains(where: { $0.verdict == .undecided }) { return .undecided }
    return .unknown(because: "too many of the \(total) pairs have no rate to decide on")
  }

  /// The verdict on the release of the group: it holds where so many pairs are certainly released that too
  /// few are left; nil without a `release`.
  var release: Verdict? {
    guard hasRelease else { return nil }
    let released = members.count(where: \.isReleased)
    return total - released < needed ? .holds : .doesNotHold
  }

  /// The member whose rates are the evidence: the first for which the condition holds, else the first with
  /// a rate.
  var evidence: Member? {
    members.first { $0.verdict == .holds && $0.view != nil } ?? members.first { $0.view != nil }
  }
}
