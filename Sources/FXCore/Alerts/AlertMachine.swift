/// The only place where alerts change their state.
///
/// Pure: standing and stimulus in, standing and transition out.
///
/// A verdict that is not certain changes nothing, in any state: missing data and rounding neither
/// fire nor resolve.
package enum AlertMachine {
  /// One step.
  ///
  /// The standing is nil for an inactive alert of which nothing need be remembered.
  package static func step(
    _ standing: AlertProgress?, on stimulus: AlertInput, under policy: AlertPolicy
  ) -> (standing: AlertProgress?, transition: AlertTransition?) {
    var alert = standing ?? AlertProgress(.inactive)
    let transition = alert.step(on: stimulus, under: policy)
    return (alert.isForgettable(at: stimulus.publication) ? nil : alert, transition)
  }
}

extension AlertProgress {
  fileprivate mutating func step(
    on stimulus: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    if case .retired = phase { return nil }
    if policy.hasEnded(at: stimulus.now) {
      let ended = firing
      self = AlertProgress(.inactive)
      return ended.map { .expired(alertID: $0.alertID) }
    }
    if let wouldFire = brake, !isStable(wouldFire, on: stimulus, under: policy) { return nil }
    switch phase {
    case .firing(let alertID, let since):
      return lasting(alertID, since, on: stimulus, under: policy)
    case .inactive, .pending: return beginning(on: stimulus, under: policy)
    case .retired: return nil
    }
  }

  /// An alert that has not fired.
  private mutating func beginning(
    on stimulus: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    switch stimulus.verdict {
    case .undecided, .unknown: return nil
    case .doesNotHold:
      phase = .inactive
      return nil
    case .holds: break
    }
    var publications = stimulus.isPublication ? 1 : 0
    var since = stimulus.now
    if case .pending(let earlier, let start) = phase {
      publications += earlier
      since = start
    }
    let isDue =
      switch policy.hold {
      case .publications(let count): publications >= count
      case .time(let duration): stimulus.now - since >= duration
      }
    guard isDue else {
      phase = .pending(publications: publications, since: since)
      return nil
    }
    guard policy.kind == .state else {
      // A moment does not last: each further publication on which it holds tells again.
      if policy.once {
        phase = .retired
      } else if case .publications(let count) = policy.hold, count > 1 {
        phase = .pending(publications: count, since: since)
      } else {
        phase = .inactive
      }
      return .fired(alertID: stimulus.newAlertID, isFlapping: false)
    }
    phase = .firing(alertID: stimulus.newAlertID, since: stimulus.now)
    lastTold = stimulus.isSilenced ? nil : stimulus.now
    return .fired(alertID: stimulus.newAlertID, isFlapping: turned(on: stimulus, toFiring: true))
  }

  /// An alert that fires.
  private mutating func lasting(
    _ alertID: String, _ since: Timestamp, on stimulus: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    if ends(on: stimulus, under: policy) {
      let wasTold = lastTold != nil
      phase = policy.once ? .retired : .inactive
      lastTold = nil
      return .resolved(
        alertID: alertID, firedAt: since, isFlapping: turned(on: stimulus, toFiring: false),
        wasTold: wasTold)
    }
    guard !stimulus.isSilenced else { return nil }
    guard let told = lastTold else {
      lastTold = stimulus.now
      return .disclosed(alertID: alertID, firedAt: since)
    }
    guard let period = policy.remind, !stimulus.isAcknowledged, stimulus.now - told >= period else {
      return nil
    }
    lastTold = stimulus.now
    return .reminded(alertID: alertID, firedAt: since)
  }

  private func ends(on stimulus: AlertInput, under policy: AlertPolicy) -> Bool {
    policy.hasRelease ? stimulus.release == .holds : stimulus.verdict == .doesNotHold
  }

  // MARK: Flapping

  /// Notes that the alert fired or resolved; gives whether it now flaps.
  private mutating func turned(on stimulus: AlertInput, toFiring: Bool) -> Bool {
    if case .retired = phase {
      turns = []
      return false
    }
    turns = turns.filter { $0 > stimulus.publication - AlertLimits.evaluations }
    turns.append(stimulus.publication)
    guard turns.count > AlertLimits.transitions else { return false }
    turns = [stimulus.publication]
    brake = toFiring
    return true
  }

  /// Follows the condition while the alert flaps; once it is stable, lets the alert go on from where
  /// people know it to be.
  private mutating func isStable(
    _ wouldFire: Bool, on stimulus: AlertInput, under policy: AlertPolicy
  ) -> Bool {
    let turns = wouldFire ? ends(on: stimulus, under: policy) : stimulus.verdict == .holds
    if turns {
      brake = !wouldFire
      self.turns = [stimulus.publication]
      return false
    }
    // The clock alone, which also asks after a restart, brings no stability.
    guard stimulus.isPublication,
      stimulus.publication - (self.turns.last ?? 0) >= AlertLimits.stable
    else { return false }
    brake = nil
    self.turns = []
    return true
  }

  /// Whether the alert is as one that never was.
  fileprivate func isForgettable(at publication: Int64) -> Bool {
    phase == .inactive && brake == nil
      && turns.allSatisfy { $0 <= publication - AlertLimits.evaluations }
  }
}
