package import FXCore

/// A service that expects a request at regular times, and raises an alarm when none comes.
package struct Heartbeat: Sendable {
  /// The state that a request reports.
  package enum Signal: Hashable, Sendable {
    case start
    case success
    case failure(reason: String)
  }

  /// The addresses that a service has.
  private enum Style: String, CaseIterable, Sendable {
    /// One for success, with `/start` and `/fail` behind it for the others
    /// (https://healthchecks.io/docs/http_api/).
    case healthchecks
    /// One for success; a failure is the absence of requests.
    case plain
  }

  /// The default of `every`.
  private static let defaultInterval = Duration.seconds(60)

  /// The most bytes of a reason that are sent.
  private static let maximumReason = 1000

  /// The time between two requests.
  package let every: Duration

  /// A text that is equal if and only if the settings are equal; never contains a secret.
  package let fingerprint: String

  private let style: Style
  private let endpoint: WebhookEndpoint

  /// Reads the section of a config; nil after reporting a problem.
  package static func read(
    from section: SettingsSection, context: NotifierContext
  ) -> Heartbeat? {
    let endpoint = WebhookEndpoint(section, context: context)
    let every = section.duration("every", minimum: .seconds(1)) ?? defaultInterval
    let style =
      section.node("style") == nil ? .healthchecks : section.choice("style", Style.self)
    section.finish()
    guard let endpoint, let style else { return nil }
    return Heartbeat(
      every: every, fingerprint: section.fingerprint, style: style, endpoint: endpoint)
  }

  /// Sends a signal once; nil for one that the service has no address for.
  package func send(_ signal: Signal, at now: Timestamp) async -> DeliveryOutcome? {
    var request = ServiceRequest(contentType: "text/plain; charset=utf-8")
    switch (style, signal) {
    case (.plain, .success): request.method = .get
    case (.plain, _): return nil
    case (.healthchecks, .start): request.path = "/start"
    case (.healthchecks, .success): break
    case (.healthchecks, .failure(let reason)):
      request.path = "/fail"
      request.body = Array(reason.utf8.prefix(Self.maximumReason))
    }
    return await endpoint.send(request, at: now)
  }
}
