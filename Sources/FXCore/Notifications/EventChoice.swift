/// A kind of events that a notifier can be limited to, as the config names it.
package enum EventChoice: String, Hashable, Sendable, CaseIterable {
  case firing
  case resolved
  case reminder
  case correction
  /// Every event about a source.
  case source
}

extension NotificationType {
  /// The kind by which a notifier can choose an event; nil for those that every notifier receives.
  package var choice: EventChoice? {
    switch self {
    case .alertFiring: .firing
    case .alertResolved: .resolved
    case .alertReminder: .reminder
    case .alertCorrection: .correction
    case .sourceDown, .sourceRecovered, .sourceStale, .sourceLate, .sourceSuspect, .sourceVanished:
      .source
    case .storeRewound, .notifierDisabled, .digest, .testPing: nil
    }
  }
}
