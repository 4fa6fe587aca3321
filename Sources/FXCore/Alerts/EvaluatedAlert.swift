/// The alert of a rule on a series while it is evaluated.
struct EvaluatedAlert {
  let view: EvaluatedSeries
  let context: EvaluationContext
  let key: AlertKey

  /// The pairs, where the alert is about several; the view is then that of its evidence.
  let group: AlertGroup?

  // A reference to all rules, because a copy of one retains each of its parts.
  private let rules: [Rule]
  let index: Int

  /// The alert of the rule at an index.
  init(_ rules: [Rule], _ index: Int, on view: EvaluatedSeries, _ context: EvaluationContext) {
    self.rules = rules
    self.index = index
    self.view = view
    self.context = context
    group = nil
    key = AlertKey(rule: rules[index].name, series: view.series)
  }

  /// The alert of the rule at an index about several pairs, one of which has the view.
  init(
    _ rules: [Rule], _ index: Int, on view: EvaluatedSeries, _ context: EvaluationContext,
    asEvidenceOf group: AlertGroup
  ) {
    self.rules = rules
    self.index = index
    self.view = view
    self.context = context
    self.group = group
    key = AlertKey(rule: rules[index].name, series: .group(of: view.series.source))
  }

  var rule: Rule { rules[index] }

  /// The progress before the evaluation.
  var progress: AlertProgress? {
    if let group { return group.progress }
    return view.table[view.index].rules.alert(of: index)
  }

  /// The series with the windows of the alert.
  var series: AlertSeries {
    AlertSeries(view, progress, isRevision: context.cause == .revision)
  }

  /// Returns the digest of what it is about: the rule, the series, the current rate, and the cause of
  /// the evaluation.
  ///
  /// It has no time at which fxwatch saw anything, because the same publication that is read again
  /// after a restored backup is the same.
  func digest(of identity: RuleIdentity) -> ContentDigest {
    var hasher = ContentHasher()
    hasher.combine(identity.digest)
    hasher.combine(view.series.source.text)
    hasher.combine(Int64(key.series.pair.number))
    hasher.combine(Int64(key.series.side.number))
    combineOccasion(into: &hasher)
    return hasher.finish()
  }

  /// Combines the current rate and the cause of the evaluation.
  func combineOccasion(into hasher: inout ContentHasher) {
    let point = view.printed
    hasher.combine(context.origin)
    hasher.combine(point.rate.printed.coefficient)
    hasher.combine(Int64(point.rate.printed.scale))
    hasher.combine(point.rate.nominal)
    hasher.combine(point.valueDate.map { Int64($0.daysSinceEpoch) })
    hasher.combine(point.publication)
  }
}
