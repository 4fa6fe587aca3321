import FXCore

/// A kind of notifier: its name, its delivery defaults, and the reader of its settings.
struct NotifierKind: Sendable {
  /// The value of `type:`.
  let name: String

  /// Indicates whether the key `batch` is accepted.
  var canBatch = false

  /// The default of `batch`.
  var batchesByDefault = false

  /// The maximum number of shipments in flight.
  ///
  /// It is 1 for kinds whose receiver keeps events in one place, in the order they happened.
  var atOnce = DeliveryLimits.concurrency

  /// Indicates whether the kind may deliver events that are not stored yet.
  var isLocal = false

  /// Reads the kind's own keys; returns nil after reporting why the notifier cannot be built.
  let read: @Sendable (SettingsSection, NotifierContext) -> (any Notifier)?
}
