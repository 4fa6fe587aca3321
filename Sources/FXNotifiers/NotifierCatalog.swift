package import FXCore
package import FXSystem

/// What notifiers are built with: the world outside, as the daemon, a command or a test gives it.
package struct NotifierContext: Sendable {
  /// Writes lines; see `LineOutput`.
  package typealias Output = @Sendable ([UInt8]) async throws(SystemError) -> Void

  /// Writes a journal entry; see `Journal.send`.
  package typealias JournalSender = @Sendable ([JournalField]) async throws(SystemError) -> Void

  /// Appends lines to a file; see `AppendedFile.append`.
  package typealias FileAppender =
    @Sendable ([UInt8], String) async throws(SystemError) -> Void

  /// Runs a program; see `CommandRunner.run`.
  package typealias CommandLauncher = @Sendable (CommandRun) async -> CommandEnd

  package let secrets: any Secrets
  package let transport: any HTTPTransport
  package let mail: any MailTransport
  package let output: Output
  package let journal: JournalSender
  package let append: FileAppender
  package let run: CommandLauncher

  /// Whether a secret that cannot be read is only a warning: so for `fxwatch check`, because a
  /// unit's credentials are there only while the unit runs.
  ///
  /// The notifier is then not built.
  package let secretsMayBeMissing: Bool

  /// The world outside.
  package init(
    secrets: any Secrets, transport: any HTTPTransport, mail: any MailTransport,
    output: @escaping Output, journal: @escaping JournalSender, append: @escaping FileAppender,
    run: @escaping CommandLauncher, secretsMayBeMissing: Bool = false
  ) {
    self.append = append
    self.mail = mail
    self.run = run
    self.secrets = secrets
    self.transport = transport
    self.output = output
    self.journal = journal
    self.secretsMayBeMissing = secretsMayBeMissing
  }
}

/// One notifier of the config, built and ready; nothing has touched the network.
package struct NotifierDefinition: Sendable {
  /// Its name in the config.
  package let name: String

  /// The name of its kind, as `type:` says it.
  package let kind: String

  package let notifier: any Notifier

  /// Whether several events may travel in one shipment.
  package let batches: Bool

  /// Shipments in flight while its endpoint works.
  package let atOnce: Int

  /// Whether it can tell what is not stored yet: it writes on this machine, and shows no identifier
  /// that would have to last.
  package let isLocal: Bool

  /// An event older than this goes into a digest instead.
  package let deliverWithin: Duration

  /// Equal exactly when the settings are; never contains a secret.
  ///
  /// A rotated secret does not change it, so a reload takes the new `notifier` even where this is
  /// the same.
  package let fingerprint: String
}

/// A kind of notifier: its name, how its events may travel, and how it reads its own settings.
struct NotifierKind: Sendable {
  /// What `type:` says.
  let name: String

  /// Whether the key `batch` exists.
  var canBatch = false

  /// Whether events travel together where the config does not say.
  var batchesByDefault = false

  /// Shipments in flight at once; 1 where what is written appears in one place, and in the order in
  /// which things happened.
  var atOnce = EngineLimits.deliveriesAtOnce

  /// Whether it can tell what is not stored yet.
  var isLocal = false

  /// Reads the kind's own keys; nil where it cannot be built, which has then been reported.
  let read: @Sendable (SettingsSection, NotifierContext) -> (any Notifier)?
}

/// The kinds of notifier there are.
package enum NotifierCatalog {
  /// By name; a new kind is a file in Kinds/ and a line here.
  static let kinds: [NotifierKind] = [
    AlertmanagerNotifier.kind,
    CloudEventsNotifier.kind,
    CommandNotifier.kind,
    DiscordNotifier.kind,
    EmailNotifier.kind,
    FileNotifier.kind,
    JournaldNotifier.kind,
    NtfyNotifier.kind,
    PagerDutyNotifier.kind,
    SlackNotifier.kind,
    StdoutNotifier.kind,
    TeamsNotifier.kind,
    TelegramNotifier.kind,
    WebhookNotifier.kind,
  ]

  /// How old an event may be where the config does not say.
  package static let defaultDeliverWithin = Duration.seconds(86_400)

  /// The names `type:` can say, sorted.
  package static var kindNames: [String] { kinds.map(\.name) }

  /// Builds the notifier that a section of the config describes.
  ///
  /// Every problem is reported to the section, unknown keys included. Nil where the notifier cannot
  /// be built; where problems were reported, what is given back is not to be used. Reads the files of
  /// its secrets, and touches no network.
  package static func read(
    name: String, from section: SettingsSection, context: NotifierContext
  ) -> NotifierDefinition? {
    let choice = "write one of \(kindNames.joined(separator: ", "))"
    guard let type = section.requiredString("type", because: choice) else { return nil }
    guard let kind = kinds.first(where: { $0.name == type }) else {
      section.problem(
        "type",
        "'\(type)' is not a kind of notifier; \(choice)"
          + NearestName.suggestion(for: type, among: kindNames))
      return nil
    }
    let notifier = kind.read(section, context)
    let batches = kind.canBatch ? section.flag("batch") ?? kind.batchesByDefault : false
    let deliverWithin = section.duration("deliver_within", minimum: .seconds(1))
    section.finish()
    return notifier.map {
      NotifierDefinition(
        name: name, kind: kind.name, notifier: $0, batches: batches, atOnce: kind.atOnce,
        isLocal: kind.isLocal,
        deliverWithin: deliverWithin ?? defaultDeliverWithin, fingerprint: section.fingerprint)
    }
  }
}
