/// The alert of a rule on a series while it is evaluated.
struct EvaluatedAlert {
  let view: EvaluatedSeries
  let context: EvaluationContext
  let key: AlertKey

  // A reference to all rules, because a copy of one retains each of its parts.
  private let rules: [Rule]
  private let index: Int

  /// The alert of the rule at an index.
  init(_ rules: [Rule], _ index: Int, on view: EvaluatedSeries, _ context: EvaluationContext) {
    self.rules = rules
    self.index = index
    self.view = view
    self.context = context
    key = AlertKey(rule: rules[index].name, series: view.series)
  }

  var rule: Rule { rules[index] }
}
