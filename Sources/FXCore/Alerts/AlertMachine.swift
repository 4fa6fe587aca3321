/// How long a condition must hold before people are told.
package enum Hold: Hashable, Sendable {
  /// On that many publications in a row; 1 or less tells on the first.
  case publications(Int)
  /// Without interruption for that long.
  case time(Duration)
}

/// What of a rule moves its alerts.
package struct AlertPolicy: Hashable, Sendable {
  /// Whether it tells of moments or of something that lasts.
  package let kind: AlertRecord.Kind

  package let hold: Hold

  /// Whether the rule names a condition of its own for the end; otherwise an alert ends when its
  /// condition is certainly false.
  package let hasRelease: Bool

  /// The policy of a rule.
  package init(kind: AlertRecord.Kind, hold: Hold, hasRelease: Bool) {
    self.kind = kind
    self.hold = hold
    self.hasRelease = hasRelease
  }
}

/// What made the machine take a step.
package struct AlertStimulus: Hashable, Sendable {
  /// What the rule's condition says.
  package let verdict: Verdict

  /// What the rule's own `release` says; nil where it has none.
  package let release: Verdict?

  /// Whether a publication is judged, or the clock asks again about the last one.
  package let isPublication: Bool

  package let now: Timestamp

  /// The identifier an alert gets if this step fires it.
  package let newAlertID: String

  /// One reason to look again.
  package init(
    verdict: Verdict, release: Verdict?, isPublication: Bool, now: Timestamp, newAlertID: String
  ) {
    self.verdict = verdict
    self.release = release
    self.isPublication = isPublication
    self.now = now
    self.newAlertID = newAlertID
  }
}

/// What people are told of.
package enum AlertTransition: Hashable, Sendable {
  case fired(alertID: String)
  case resolved(alertID: String, firedAt: Timestamp)
}

/// The only place where alerts change their state.
///
/// Pure: state and stimulus in, state and transition out.
///
/// A verdict that is not certain changes nothing, in any state: missing data and rounding neither
/// fire nor resolve.
package enum AlertMachine {
  /// One step.
  ///
  /// The phase is nil while inactive.
  package static func step(
    _ phase: AlertState.Phase?, on stimulus: AlertStimulus, under policy: AlertPolicy
  ) -> (phase: AlertState.Phase?, transition: AlertTransition?) {
    if case .firing(let alertID, let since) = phase {
      let ends = policy.hasRelease ? stimulus.release == .holds : stimulus.verdict == .doesNotHold
      return ends ? (nil, .resolved(alertID: alertID, firedAt: since)) : (phase, nil)
    }
    switch stimulus.verdict {
    case .doesNotHold: return (nil, nil)
    case .undecided, .cannotTell: return (phase, nil)
    case .holds: return held(phase, on: stimulus, under: policy)
    }
  }

  /// The condition holds in an alert that has not fired.
  private static func held(
    _ phase: AlertState.Phase?, on stimulus: AlertStimulus, under policy: AlertPolicy
  ) -> (phase: AlertState.Phase?, transition: AlertTransition?) {
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
    guard isDue else { return (.pending(publications: publications, since: since), nil) }
    let fired = AlertTransition.fired(alertID: stimulus.newAlertID)
    switch policy.kind {
    case .state: return (.firing(alertID: stimulus.newAlertID, since: stimulus.now), fired)
    case .event:
      // A moment does not last: each further publication on which it holds tells again.
      if case .publications(let count) = policy.hold, count > 1 {
        return (.pending(publications: count, since: since), fired)
      }
      return (nil, fired)
    }
  }
}
