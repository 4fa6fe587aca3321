/// A selection of failed deliveries: by event and by notifier.
package struct DeadLetterSelection: Hashable, Sendable {
  /// The events, each a range or a single one.
  package let events: [EventRange]

  /// The notifier; nil for all.
  package let notifier: String?

  /// The events from one to another, both included, in the order they happened.
  package struct EventRange: Hashable, Sendable {
    /// The identifier of the first event.
    package let first: String

    /// The identifier of the last event.
    package let last: String

    /// Creates a range; of a single event if both are the same.
    package init(first: String, last: String) {
      self.first = first
      self.last = last
    }
  }

  /// Creates a selection.
  package init(events: [EventRange], notifier: String?) {
    self.events = events
    self.notifier = notifier
  }
}
