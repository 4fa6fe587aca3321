import FXConfig
import FXCore
package import FXDaemon
import FXNotifiers
import FXSystem

extension CommandContext {
  /// Returns what a notifier would send about an event, without its secrets; nothing is sent.
  ///
  /// The event is that of an identifier, or the first one of an alert. Without one, it is that of the
  /// alert that fired last, or else a `test.ping`. Throws where the config has no such notifier, its
  /// secrets cannot be read, or nothing of the name is stored.
  package func preview(
    notifier name: String, of event: String?
  ) async throws(CommandFailure) -> String {
    let output = PreviewedOutput(secrets: secrets)
    let previewed: Setup
    do throws(ConfigProblems) {
      previewed = try Setup.read(
        file: setup.file, in: .init(environment: environment, notifiers: output.context))
    } catch {
      throw .badConfig(error)
    }
    let context = try CommandContext(previewed, environment: environment)
    let definition = try context.usableNotifier(named: name)
    let notification = try notification(about: event) ?? Ping.notification(to: name, at: now)
    _ = await definition.notifier.deliver(
      Shipment(id: notification.id, notifications: [notification], attemptedAt: now))
    return output.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map { SanitizedText.line($0, limit: Self.longestLine) }.joined(separator: "\n")
  }

  /// The most characters of a line that are shown: more than any payload has.
  private static let longestLine = 65_536

  private var now: Timestamp { SystemClock().now() }

  /// Returns the stored event of a name, or that of the newest alert without one; nil if there is none.
  private func notification(about text: String?) throws(CommandFailure) -> Notification? {
    // Before the first start of the daemon there is no store.
    let newest = try? stored { reader throws(StoreProblem) in
      try reader.latestAlerts(of: nil, limit: 1).first
    }
    guard let name = text ?? newest?.id, let event = try events(named: [name]).first else {
      return nil
    }
    return try stored { reader throws(StoreProblem) in try reader.notification(event) }
  }
}
