extension Condition {
  /// Returns the result for a series and the progress of the alert before the evaluation, as
  /// `evaluateBriefly`.
  @inline(__always)
  func verdict(
    on view: EvaluatedSeries, _ progress: AlertProgress?, _ context: EvaluationContext,
    certainty: Certainty
  ) -> Verdict {
    guard isArmed else {
      return evaluateBriefly(on: view, at: context.moment, certainty: certainty)
    }
    return evaluateBriefly(
      on: AlertSeries(view, progress, isRevision: context.cause == .revision), at: context.moment,
      certainty: certainty)
  }
}
