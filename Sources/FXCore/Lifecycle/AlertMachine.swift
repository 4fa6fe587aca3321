/// The state machine of alerts, and the only code that changes an alert's progress.
///
/// Pure: progress and input in, progress and transition out. A verdict that is not certain changes
/// nothing in any phase: neither missing data nor rounding fires or resolves an alert.
package enum AlertMachine {
  /// Returns the progress after one step, and the transition it made.
  ///
  /// Progress is nil for an inactive alert without recent transitions.
  package static func step(
    _ progress: AlertProgress?, on input: AlertInput, under policy: AlertPolicy
  ) -> (progress: AlertProgress?, transition: AlertTransition?) {
    var alert = progress ?? AlertProgress(.inactive)
    if policy.isArmed {
      if alert.arming == nil { alert.arming = AlertArming(at: input.now) }
    } else {
      alert.arming = nil
    }
    let transition = alert.step(on: input, under: policy)
    return (alert.equalsNone(at: input, under: policy) ? nil : alert, transition)
  }
}

extension AlertProgress {
  fileprivate mutating func step(
    on input: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    if case .retired = phase { return nil }
    if policy.hasEnded(at: input.now) {
      let (ended, wasNotified) = (firing, lastNotified != nil)
      self = AlertProgress(.inactive)
      return ended.map {
        .expired(alertID: $0.alertID, firedAt: $0.since, wasNotified: wasNotified)
      }
    }
    if let wouldFire = flapping {
      switch policy.kind {
      case .event: guard eventBecomesStable(on: input) else { return nil }
      case .state:
        guard becomesStable(wouldFire, on: input, under: policy) else { return nil }
        if let transition = catchUp(wouldFire, on: input, under: policy) { return transition }
      }
    }
    switch phase {
    case .firing(let alertID, let since):
      return stepFiring(alertID, since, on: input, under: policy)
    case .inactive, .pending: return stepInactive(on: input, under: policy)
    case .retired: return nil
    }
  }

  /// Steps an alert that does not fire.
  private mutating func stepInactive(
    on input: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    switch input.verdict {
    case .undecided, .unknown: return nil
    case .doesNotHold:
      phase = .inactive
      lastNotified = nil
      return nil
    case .holds: break
    }
    var publications = input.isPublication || input.isRevision ? 1 : 0
    var since = input.now
    if case .pending(let earlier, let start) = phase {
      // A revision is not one more publication.
      publications = earlier + (input.isPublication ? 1 : 0)
      since = start
    }
    let isDue =
      switch policy.hold {
      case .publications(let count): publications >= count
      case .time(let duration): input.now - since >= duration
      }
    guard isDue else {
      phase = .pending(publications: publications, since: since)
      return nil
    }
    guard policy.kind == .state else {
      return fireEvent(on: input, under: policy, pendingSince: since)
    }
    return fire(on: input, under: policy)
  }

  private mutating func fire(
    on input: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition {
    phase = .firing(alertID: input.newAlertID, since: input.now)
    let isSent = !input.isSilenced && spend(policy.limit, at: input.now)
    lastNotified = isSent ? input.now : nil
    return .fired(
      alertID: input.newAlertID, isFlapping: recordTransition(on: input, toFiring: true))
  }

  /// Fires an event alert, which does not last: each further publication on which its condition
  /// holds fires again.
  private mutating func fireEvent(
    on input: AlertInput, under policy: AlertPolicy, pendingSince since: Timestamp
  ) -> AlertTransition {
    if policy.once {
      phase = .retired
    } else if case .publications(let count) = policy.hold, count > 1 {
      phase = .pending(publications: count, since: since)
    } else {
      phase = .inactive
    }
    arming?.renew(at: input.now)
    let flaps = isEventTransition(input) && recordTransition(on: input, toFiring: false)
    lastNotified = policy.once ? nil : input.now
    if !input.isSilenced, !spend(policy.limit, at: input.now) { withheld += 1 }
    return .fired(alertID: input.newAlertID, isFlapping: flaps)
  }

  /// Steps an alert that fires.
  private mutating func stepFiring(
    _ alertID: String, _ since: Timestamp, on input: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    if ends(on: input, under: policy) { return resolve(alertID, since, on: input, under: policy) }
    guard !input.isSilenced else { return nil }
    guard let notified = lastNotified else {
      guard spend(policy.limit, at: input.now) else { return nil }
      lastNotified = input.now
      return .announced(alertID: alertID, firedAt: since)
    }
    guard let period = policy.remind, !input.isAcknowledged, input.now - notified >= period else {
      return nil
    }
    lastNotified = input.now
    return .reminded(alertID: alertID, firedAt: since)
  }

  private mutating func resolve(
    _ alertID: String, _ since: Timestamp, on input: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition {
    let wasNotified = lastNotified != nil
    if policy.limit != nil, !wasNotified { withheld += 1 }
    phase = policy.once ? .retired : .inactive
    lastNotified = nil
    arming?.renew(at: input.now)
    return .resolved(
      alertID: alertID, firedAt: since,
      isFlapping: recordTransition(on: input, toFiring: false), wasNotified: wasNotified)
  }

  private func ends(on input: AlertInput, under policy: AlertPolicy) -> Bool {
    policy.hasRelease ? input.release == .holds : input.verdict == .doesNotHold
  }

  // MARK: Flapping

  /// Records that the alert fired or resolved; returns true if it now flaps.
  private mutating func recordTransition(on input: AlertInput, toFiring: Bool) -> Bool {
    if case .retired = phase {
      transitions = []
      return false
    }
    transitions = transitions.filter { $0 > input.publication - AlertLimits.evaluations }
    transitions.append(input.publication)
    guard transitions.count > AlertLimits.transitions else { return false }
    transitions = [input.publication]
    flapping = toFiring
    return true
  }

  /// Follows the condition while the alert flaps; returns true once it is stable, and the alert then
  /// continues from the phase that was last sent.
  private mutating func becomesStable(
    _ wouldFire: Bool, on input: AlertInput, under policy: AlertPolicy
  ) -> Bool {
    let changes = wouldFire ? ends(on: input, under: policy) : input.verdict == .holds
    if changes {
      flapping = !wouldFire
      transitions = [input.publication]
      return false
    }
    // The clock alone, which also evaluates after a restart, does not count as an evaluation.
    guard input.isPublication,
      input.publication - (transitions.last ?? 0) >= AlertLimits.stable
    else { return false }
    flapping = nil
    transitions = []
    return true
  }

  /// True if an event that fires is a transition: the one of the publication before did not fire, or the
  /// rate returned to what it was before.
  ///
  /// An event that fires with every publication, such as a new high in a trend, does not flap.
  private func isEventTransition(_ input: AlertInput) -> Bool {
    lastNotified == nil || input.isReturn
  }

  /// Follows the condition of an event while it flaps; returns true once it is stable.
  ///
  /// A revision can be one more transition, but is not one more publication.
  private mutating func eventBecomesStable(on input: AlertInput) -> Bool {
    guard input.isPublication || input.isRevision else { return false }
    switch input.verdict {
    case .holds:
      if isEventTransition(input) { transitions = [input.publication] }
      lastNotified = input.now
    case .doesNotHold: lastNotified = nil
    case .undecided, .unknown: break
    }
    guard input.isPublication,
      input.publication - (transitions.last ?? 0) >= AlertLimits.stable
    else { return false }
    flapping = nil
    transitions = []
    return true
  }

  /// Returns the transition that was held while the alert flapped, where its condition and its release
  /// do not ask for it again now that the alert is stable; nil where nothing was held.
  private mutating func catchUp(
    _ wouldFire: Bool, on input: AlertInput, under policy: AlertPolicy
  ) -> AlertTransition? {
    switch phase {
    case .firing(let alertID, let since) where !wouldFire:
      resolve(alertID, since, on: input, under: policy)
    case .inactive where wouldFire && input.verdict != .holds: fire(on: input, under: policy)
    case .inactive, .pending, .firing, .retired: nil
    }
  }

  /// True if nothing of the alert needs to be kept.
  fileprivate func equalsNone(at input: AlertInput, under policy: AlertPolicy) -> Bool {
    phase == .inactive && flapping == nil && lastNotified == nil && arming == nil
      && !isLimited(by: policy.limit, at: input.now)
      && transitions.allSatisfy { $0 <= input.publication - AlertLimits.evaluations }
  }
}
