/// Corrects alerts whose rate is revised.
///
/// Owns the rates that alerts were based on when they last fired.
package struct AlertCorrections: Sendable {
  private let rules: [Rule]
  private var bases: [AlertKey: AlertBasis]

  /// The stored bases of alerts.
  package init(_ rules: [Rule], _ bases: [AlertKey: AlertBasis]) {
    self.rules = rules
    self.bases = bases
  }

  /// Sends a correction of every alert that is based on the rate that `view` revises.
  ///
  /// Returns the rules that remain to be evaluated: a state rule, because the revised rate may end its
  /// alert, and an event rule whose condition no longer holds, so that it counts anew; the event of any
  /// other is not fired again. Rules about revisions are not corrected,
  /// nor are those that expired.
  func correct(
    _ indices: [Int], _ view: EvaluatedSeries, _ context: EvaluationContext,
    _ alerts: AlertEvaluator,
    in decision: DecisionBuilder
  ) -> [Int] {
    guard !bases.isEmpty else { return indices }
    return indices.filter { index in
      let alert = EvaluatedAlert(rules, index, on: view, context)
      guard let basis = bases[alert.key], let day = basis.valueDate, day == view.current.valueDate,
        !alert.rule.condition.readsRevisions, !alert.rule.policy.hasEnded(at: context.now)
      else { return true }
      let silence = alerts.silence(of: alert)
      let progress = view.table[view.index].rules.alert(of: index)
      let wasSent = progress?.wasSent(basis.firedAt) ?? true
      let verdict = alert.rule.condition.verdict(
        on: view, progress, context, certainty: alert.rule.certainty)
      decision.notify(
        .alertCorrection,
        Self.evidence(of: alert, verdict, correcting: basis, silence: silence?.id),
        orderingKey: view.series.description,
        to: silence == nil && wasSent ? alert.rule.notify : [],
        digest: Self.event(of: basis).digest(of: alert, after: nil))
      decision.changeset.alertBases[alert.key] = AlertBasis(
        alertID: basis.alertID, firedAt: basis.firedAt, valueDate: day,
        rate: view.current.rate.perUnitText)
      return alert.rule.policy.kind == .state || verdict == .doesNotHold
    }
  }

  /// Returns the pair whose rate an alert about several pairs is based on, where that is one of a day; nil
  /// for any other.
  func basis(of key: AlertKey, on day: CalendarDay?) -> CurrencyPair? {
    guard let basis = bases[key], basis.valueDate == day, day != nil else { return nil }
    return basis.rate.split(separator: " ").first.flatMap { CurrencyPair($0) }
  }

  /// Sends a correction of an alert about several pairs, rates of which were revised.
  ///
  /// Returns false where the alert is an event that was sent for that day and whose condition still holds:
  /// it is not fired again.
  func correct(
    _ alert: EvaluatedAlert, _ group: AlertGroup, isRevised: Bool, _ alerts: AlertEvaluator,
    in decision: DecisionBuilder
  ) -> Bool {
    guard let basis = bases[alert.key], let day = basis.valueDate,
      day == alert.view.current.valueDate,
      !alert.rule.condition.readsRevisions, !alert.rule.policy.hasEnded(at: alert.context.now)
    else { return true }
    if isRevised {
      let silence = alerts.silence(of: alert)
      let wasSent = group.progress?.wasSent(basis.firedAt) ?? true
      decision.notify(
        .alertCorrection,
        Self.evidence(of: alert, group.verdict, correcting: basis, silence: silence?.id),
        orderingKey: alert.key.orderingKey,
        to: silence == nil && wasSent ? alert.rule.notify : [],
        digest: Self.event(of: basis).digest(of: alert, after: nil))
      decision.changeset.alertBases[alert.key] = AlertBasis(
        alertID: basis.alertID, firedAt: basis.firedAt, valueDate: day,
        rate: Self.text(of: alert.view.printed, alert.view.pair))
    }
    return alert.rule.policy.kind == .state || group.verdict == .doesNotHold
  }

  /// Returns the text of the rate that an alert is based on; with its pair where it is about several.
  private static func text(of point: SeriesPoint, _ pair: CurrencyPair?) -> String {
    (pair.map { "\($0) " } ?? "") + point.rate.perUnitText
  }

  /// Returns the digest of an evaluation by the clock: of the publications so far, and the alert that
  /// fired before, because the clock can fire an alert again without a publication.
  func clockOrigin(of key: AlertKey, after history: ContentDigest) -> ContentDigest {
    var hasher = ContentHasher()
    hasher.combine(history)
    hasher.combine(bases[key]?.alertID ?? "")
    return hasher.finish()
  }

  /// Records the basis of the alerts that a decision fired after the first `earlier` ones.
  ///
  /// `pair` is that of the rate, of alerts about several pairs.
  func recordBases(
    firedAfter earlier: Int, at point: SeriesPoint, _ pair: CurrencyPair? = nil,
    in decision: DecisionBuilder
  ) {
    guard let day = point.valueDate else { return }
    for alert in decision.changeset.fired.dropFirst(earlier) {
      record(alert, valueDate: day, point, pair, in: decision)
    }
  }

  /// Records the alert that the clock fired, if it fired one after the first `earlier` ones, as the
  /// one before the next; only one that its rate alone has fired is based on that rate.
  func recordClockAlert(
    firedAfter earlier: Int, of rule: Rule, at point: SeriesPoint, _ pair: CurrencyPair? = nil,
    in decision: DecisionBuilder
  ) {
    guard decision.firedCount > earlier, let alert = decision.changeset.fired.last else { return }
    record(alert, valueDate: rule.usesClock ? nil : point.valueDate, point, pair, in: decision)
  }

  private func record(
    _ alert: AlertRecord, valueDate: CalendarDay?, _ point: SeriesPoint, _ pair: CurrencyPair?,
    in decision: DecisionBuilder
  ) {
    decision.changeset.alertBases[alert.key] = AlertBasis(
      alertID: alert.id, firedAt: alert.firedAt, valueDate: valueDate,
      rate: Self.text(of: point, pair))
  }

  /// Absorbs the committed bases.
  package mutating func absorb(_ changeset: Changeset) { bases.merge(changeset.alertBases) { $1 } }

  private static func event(of basis: AlertBasis) -> AlertEvent {
    AlertEvent(type: .alertCorrection, alertID: basis.alertID, firedAt: basis.firedAt)
  }

  /// The evidence of an alert with the revised rate, the rate sent before, and whether the condition
  /// still holds.
  private static func evidence(
    of alert: EvaluatedAlert, _ verdict: Verdict, correcting basis: AlertBasis, silence: Int64?
  ) -> Evidence {
    let subject = AlertPayload.Subject(alert, alertID: basis.alertID)
    let holds: (clause: String, value: JSONValue) =
      switch verdict {
      case .holds: ("the condition still holds", .bool(true))
      case .doesNotHold: ("the condition no longer holds", .bool(false))
      case .undecided, .unknown: ("it is undecided whether the condition holds", .null)
      }
    let rate = subject.current.rate.perUnitText
    let earlier = basis.rate.split(separator: " ").last.map(String.init) ?? basis.rate
    let day = basis.valueDate?.description ?? "the day"
    let correction =
      alert.group == nil || earlier != rate
      ? "\(subject.series) for \(day) is \(rate), not \(earlier)"
      : "a rate of another pair at \(subject.series.source) for \(day) was revised"
    return AlertPayload.evidence(
      subject,
      event(of: basis),
      silence: silence,
      summary:
        "corrected: \(correction); \(holds.clause)"
    ) { data in
      data.write("corrects") { $0.write("rate", plain: earlier) }
      data.write("holds", holds.value)
    }
  }
}
