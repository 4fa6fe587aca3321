package import Logging

/// The kinds of log lines that an administrator may search for.
///
/// Each has a `MESSAGE_ID` in the journal, fixed for ever, which systemd/fxwatch.catalog explains.
/// Notifications have identifiers of their own.
package enum LogKind: String, CaseIterable, Sendable {
  /// The first plan is active.
  case started = "eb23a9294698423a820780bbad7fa145"
  /// The daemon has stopped in order.
  case stopped = "c4cf3d90bf5745a092b1d4481444b764"
  /// The daemon could not start.
  case notStarted = "f109551548df44e89ad4483b8f6dc17e"
  /// A changed config is active.
  case reloaded = "8bad249d4adb4d7fb811209c766e0b6a"
  /// A changed config was refused; the earlier one stays active.
  case notReloaded = "75412c02c9b345fb8a65fa97ae235fa2"
  /// A source could not be fetched or read.
  case sourceFailing = "eb908c35ddff4ae1998a9b3d74f891c3"
  /// A source works again.
  case sourceWorking = "272630d248d04597861f0aa33ee416b5"
  /// A notification could not be delivered and is retried.
  case deliveryPostponed = "9b670ad566d84b5fb0e199f07868463e"
  /// A notification is not retried any more.
  case deliveryGivenUp = "2ac0bf7b606f45d4a45739011985bc6b"
  /// A notifier delivers again.
  case notifierWorking = "2dfefb518dfd459db532a61ca647c3bd"
  /// A notifier is disabled.
  case notifierDisabled = "fb9dc17e9aee43af9c6ef95f5be1f54b"
  /// The store does not accept commits.
  case storeFailing = "0e93fda526164e048e491db6e488e14c"
  /// The store accepts commits again.
  case storeWorking = "d294606e405a48feb9e6955621148130"

  /// This replica is active.
  case active = "9d3e61a5cb6b4a2c8d0f6b7e2f51c043"
  /// This replica is a standby.
  case standby = "5c0b7f0e9a1d4f6fa8b4c2d7e6310f9a"

  /// Returns the fields of a log line of this kind, by name, for the journal.
  package func with(_ fields: Logger.Metadata = [:]) -> Logger.Metadata {
    fields.merging(["MESSAGE_ID": "\(rawValue)"]) { $1 }
  }
}
