extension Engine {
  /// Tells, of every alert that rested on a figure which was now revised, what became of it.
  ///
  /// Gives the rules left to ask: a rule that tells of moments has told of this one, and is not
  /// asked about it again; one that lasts is, because the revised figure may end it. Rules that name
  /// revisions are left alone.
  func correct(
    _ view: JudgedSeries, rules: [Int], context: JudgingContext, into decision: inout Decision
  ) -> [Int] {
    guard !rested.isEmpty else { return rules }
    return rules.filter { place in
      let rule = plan.rules[place]
      let key = AlertKey(rule: rule.name, series: view.series)
      guard let rested = rested[key], rested.valueDate == view.current.valueDate,
        !rule.condition.readsRevisions
      else { return true }
      let verdict = rule.condition.evaluateBriefly(
        on: view, at: context.now, certainty: rule.certainty)
      let subject = AlertPayload.Subject(rule, alertID: rested.alertID, on: view, context)
      let silence = suppressions.silence(of: key, severity: rule.severity, at: context.now)
      tell(
        .alertCorrection, Self.correction(of: rested, subject, verdict, silence: silence?.id),
        lane: view.series.description, to: silence == nil ? rule.notify : [], at: context.now,
        into: &decision)
      decision.changeset.rested[key] = AlertBasis(
        alertID: rested.alertID, firedAt: rested.firedAt, valueDate: rested.valueDate,
        rate: view.current.rate.perUnitText)
      return rule.policy.kind == .state
    }
  }

  /// Remembers what the alerts rest on that fired since the first `earlier` of a decision.
  func noteWhatAlertsRestOn(
    firedAfter earlier: Int, at point: SeriesPoint, into decision: inout Decision
  ) {
    guard let day = point.valueDate else { return }
    for alert in decision.changeset.fired.dropFirst(earlier) {
      decision.changeset.rested[alert.key] = AlertBasis(
        alertID: alert.id, firedAt: alert.firedAt, valueDate: day, rate: point.rate.perUnitText)
    }
  }

  /// What `alert.correction` tells: the evidence of the alert with the revised figures, what it had said, and
  /// whether the condition still holds.
  private static func correction(
    of rested: AlertBasis, _ subject: AlertPayload.Subject, _ verdict: Verdict, silence: Int64?
  ) -> Evidence {
    let point = subject.current
    let holds: (clause: String, value: JSONValue) =
      switch verdict {
      case .holds: ("the condition still holds", .bool(true))
      case .doesNotHold: ("the condition no longer holds", .bool(false))
      case .undecided, .unknown: ("whether the condition holds is open", .null)
      }
    return AlertPayload.evidence(
      subject, as: .alertCorrection, firedAt: rested.firedAt, silence: silence,
      summary: "corrected: \(subject.series) for \(rested.valueDate) is \(point.rate.perUnitText),"
        + " not \(rested.rate); \(holds.clause)"
    ) { data in
      data.write("corrects") { $0.write("rate", plain: rested.rate) }
      data.write("holds", holds.value)
    }
  }
}
