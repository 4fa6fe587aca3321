/// A notifier as the engine uses it.
package struct PlannedNotifier: Hashable, Sendable {
  package let name: String

  /// The part of its settings that decides where it delivers: a disabled endpoint stays disabled
  /// until this changes.
  package let fingerprint: String

  /// The age up to which an event is delivered by itself; an older one goes into a digest.
  package let deliverWithin: Duration

  /// True if the events of one moment are delivered together.
  package let batches: Bool

  /// The largest number of concurrent shipments while its endpoint works.
  package let concurrency: Int

  /// The kinds of events that it receives; nil for all.
  package let events: Set<EventChoice>?

  /// The notifiers that write to the same place as this one: an event that one of them receives is not
  /// sent to this one as well.
  package let repeats: Set<String>

  /// A notifier to deliver to.
  package init(
    name: String, fingerprint: String, deliverWithin: Duration = .seconds(86_400),
    batches: Bool = false, concurrency: Int = DeliveryLimits.concurrency,
    events: Set<EventChoice>? = nil, repeats: Set<String> = []
  ) {
    self.events = events
    self.repeats = repeats
    self.name = name
    self.fingerprint = fingerprint
    self.deliverWithin = deliverWithin
    self.batches = batches
    self.concurrency = concurrency
  }
}
