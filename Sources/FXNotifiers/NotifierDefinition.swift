package import FXCore

/// One notifier of the config, ready to deliver; building it does not use the network.
package struct NotifierDefinition: Sendable {
  /// The notifier's name in the config.
  package let name: String

  /// The name of the notifier's kind: the value of `type:`.
  package let kind: String

  package let notifier: any Notifier

  /// Indicates whether one shipment may contain several events.
  package let batches: Bool

  /// The maximum number of shipments in flight while the endpoint works.
  package let atOnce: Int

  /// Indicates whether the notifier may deliver events that are not stored yet: it writes on this
  /// machine and prints no identifier that must stay valid.
  package let isLocal: Bool

  /// The kinds of events that it receives; nil for all.
  package let events: Set<EventChoice>?

  /// The age after which an event is sent in a digest instead.
  package let deliverWithin: Duration

  /// A text that is equal if and only if the settings are equal; never contains a secret.
  ///
  /// A rotated secret does not change it, so a reload uses the new `notifier` even if the
  /// fingerprint is the same.
  package let fingerprint: String

  /// The sensors in Home Assistant that belong to it; nil for none.
  package var homeAssistant: HomeAssistant?

  /// Returns the same with another notifier in its place, which passes events on to it.
  func with(_ notifier: any Notifier) -> NotifierDefinition {
    NotifierDefinition(
      name: name, kind: kind, notifier: notifier, batches: batches, atOnce: atOnce,
      isLocal: isLocal, events: events, deliverWithin: deliverWithin, fingerprint: fingerprint,
      homeAssistant: homeAssistant)
  }
}
