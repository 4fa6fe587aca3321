import FXCore

/// A kind of notifier: its name, its delivery defaults, and the reader of its settings.
struct NotifierKind: Sendable {
  /// The value of `type:`.
  let name: String

  /// Indicates whether the key `batch` is accepted.
  var canBatch = false

  /// Indicates whether it shows people the events of a publication in one message, unless `group: none`.
  var canGroup = false

  /// The values of `group`.
  enum Grouping: String, CaseIterable {
    /// The events of one publication are one message.
    case publication
    /// Each event is a message of its own.
    case none
  }

  /// Reads `batch` and `group`; returns true if one shipment may contain several events.
  func batches(_ section: SettingsSection) -> Bool {
    let batch = canBatch ? section.flag("batch") : nil
    let group = canGroup ? section.choice("group", Grouping.self) : nil
    if let batch, let group, batch != (group == .publication) {
      section.problem("batch", "contradicts 'group: \(group.rawValue)'; remove 'batch'")
    }
    return group.map { $0 == .publication } ?? batch ?? canGroup
  }

  /// The maximum number of shipments in flight.
  ///
  /// It is 1 for kinds whose receiver keeps events in one place, in the order they happened.
  var atOnce = DeliveryLimits.concurrency

  /// Indicates whether the kind may deliver events that are not stored yet.
  var isLocal = false

  /// Reads the kind's own keys; returns nil after reporting why the notifier cannot be built.
  let read: @Sendable (SettingsSection, NotifierContext) -> (any Notifier)?
}
