package import FXCore

/// The kinds of notifiers.
package enum NotifierCatalog {
  /// The kinds sorted by name; a new kind is one file in `Kinds/` and one line here.
  static let kinds: [NotifierKind] = [
    AlertmanagerNotifier.kind,
    AppriseNotifier.kind,
    CloudEventsNotifier.kind,
    CommandNotifier.kind,
    DiscordNotifier.kind,
    EmailNotifier.kind,
    FileNotifier.kind,
    GoogleChatNotifier.kind,
    GotifyNotifier.kind,
    JournaldNotifier.kind,
    MatrixNotifier.kind,
    MattermostNotifier.kind,
    MQTTNotifier.kind,
    NtfyNotifier.kind,
    PagerDutyNotifier.kind,
    PushoverNotifier.kind,
    RocketChatNotifier.kind,
    SlackNotifier.kind,
    StdoutNotifier.kind,
    SyslogNotifier.kind,
    TeamsNotifier.kind,
    TelegramNotifier.kind,
    WebhookNotifier.kind,
    ZulipNotifier.kind,
  ]

  /// The default of `deliver_within`.
  package static let defaultDeliverWithin = Duration.seconds(86_400)

  /// The values of `type:`, sorted.
  package static var kindNames: [String] { kinds.map(\.name) }

  /// Builds the notifier that a section of the config describes.
  ///
  /// Reports every problem to the section, including unknown keys. Returns nil if the notifier cannot
  /// be built; if problems were reported, the result must not be used. Reads the files of the
  /// notifier's secrets and does not use the network.
  package static func read(
    name: String, from section: SettingsSection, context: NotifierContext
  ) -> NotifierDefinition? {
    let choice = "expected one of \(kindNames.joined(separator: ", "))"
    guard let type = section.requiredString("type", because: choice) else { return nil }
    guard let kind = kinds.first(where: { $0.name == type }) else {
      section.problem(
        "type",
        "unknown notifier type '\(type)'; \(choice)"
          + NearestName.suggestion(for: type, among: kindNames))
      return nil
    }
    let notifier = kind.read(section, context)
    let batches = kind.batches(section)
    let events = events(section)
    let deliverWithin = section.duration("deliver_within", minimum: .seconds(1))
    section.finish()
    return notifier.map {
      NotifierDefinition(
        name: name, kind: kind.name, notifier: $0, batches: batches, atOnce: kind.atOnce,
        isLocal: kind.isLocal, events: events,
        deliverWithin: deliverWithin ?? defaultDeliverWithin, fingerprint: section.fingerprint,
        homeAssistant: ($0 as? MQTTNotifier)?.homeAssistant)
    }
  }

  /// Reads the kinds of events; nil for all.
  private static func events(_ section: SettingsSection) -> Set<EventChoice>? {
    guard let words = section.strings("events") else { return nil }
    if words.isEmpty { section.problem("events", "an empty list; remove 'events' for all events") }
    let names = EventChoice.allCases.map(\.rawValue)
    return words.reduce(into: Set()) { events, word in
      if let event = EventChoice(rawValue: word.text) {
        events.insert(event)
      } else {
        section.problem(
          "events", at: word.mark,
          "\(word.text.quoted) is not one of \(names.joined(separator: ", "))"
            + NearestName.suggestion(for: word.text, among: names))
      }
    }
  }
}
