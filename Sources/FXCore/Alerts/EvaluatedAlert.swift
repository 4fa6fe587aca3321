/// The alert of a rule on a series while it is evaluated.
struct EvaluatedAlert {
  let rule: Rule
  let view: JudgedSeries
  let context: EvaluationContext
  let key: AlertKey

  init(_ rule: Rule, on view: JudgedSeries, _ context: EvaluationContext) {
    self.rule = rule
    self.view = view
    self.context = context
    key = AlertKey(rule: rule.name, series: view.series)
  }
}
