/// The type of a notification, as receivers see it.
package enum NotificationType: String, Hashable, Sendable, CaseIterable {
  case alertFiring = "alert.firing"
  case alertResolved = "alert.resolved"
  case alertReminder = "alert.reminder"
  case alertCorrection = "alert.correction"
  case sourceDown = "source.down"
  case sourceRecovered = "source.recovered"
  case sourceStale = "source.stale"
  case sourceLate = "source.late"
  case sourceSuspect = "source.suspect"
  case sourceVanished = "source.vanished"
  case storeRewound = "store.rewound"
  case notifierDisabled = "notifier.disabled"
  case digest = "digest"
  case testPing = "test.ping"
}
