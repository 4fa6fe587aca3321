/// The alert of a rule on a series while it is evaluated.
struct EvaluatedAlert {
  let rule: Rule
  let view: EvaluatedSeries
  let context: EvaluationContext
  let key: AlertKey

  init(_ rule: Rule, on view: EvaluatedSeries, _ context: EvaluationContext) {
    self.rule = rule
    self.view = view
    self.context = context
    key = AlertKey(rule: rule.name, series: view.series)
  }
}
