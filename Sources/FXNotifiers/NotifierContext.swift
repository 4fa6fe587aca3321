package import FXCore
package import FXSystem

/// The services that notifiers are built with, provided by the daemon, a command or a test.
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

  /// Sends messages to syslog; see `SyslogSocket.send`.
  package typealias SyslogSender =
    @Sendable ([[UInt8]], SyslogDestination) async throws(SystemError) -> Void

  package let secrets: any Secrets
  package let transport: any HTTPTransport
  package let mail: any MailTransport
  package let mqtt: any MQTTTransport
  package let output: Output
  package let journal: JournalSender
  package let append: FileAppender
  package let run: CommandLauncher
  package let syslog: SyslogSender

  /// Indicates whether an unreadable secret is a warning instead of an error.
  ///
  /// True for `fxwatch check`, because a unit's credentials exist only while the unit runs. The
  /// notifier is then not built. A secret that other users can read is an error in any case.
  package let secretsMayBeMissing: Bool

  /// Creates a context.
  package init(
    secrets: any Secrets, transport: any HTTPTransport, mail: any MailTransport,
    mqtt: any MQTTTransport, output: @escaping Output, journal: @escaping JournalSender,
    append: @escaping FileAppender,
    run: @escaping CommandLauncher, syslog: @escaping SyslogSender,
    secretsMayBeMissing: Bool = false
  ) {
    self.append = append
    self.mail = mail
    self.mqtt = mqtt
    self.run = run
    self.syslog = syslog
    self.secrets = secrets
    self.transport = transport
    self.output = output
    self.journal = journal
    self.secretsMayBeMissing = secretsMayBeMissing
  }
}

extension NotifierContext {
  /// Reads a secret; returns nil if it cannot be read, after reporting the problem at `key`.
  func secret(
    _ reference: SecretReference, for key: String, of section: SettingsSection
  ) -> Secret? {
    do throws(SecretProblem) {
      return try secrets.read(reference)
    } catch {
      section.problem(
        key, error.message, isWarning: secretsMayBeMissing && !error.isExposed,
        isTransient: error.isTransient)
      return nil
    }
  }

  /// Reads the secret of a required key; returns nil after reporting a problem.
  func requiredSecret(_ key: String, of section: SettingsSection, because reason: String) -> Secret?
  {
    guard section.node(key) != nil else {
      section.problem(nil, "'\(key)' is missing; \(reason)")
      return nil
    }
    return section.secret(key).flatMap { secret($0, for: key, of: section) }
  }
}
