import FXCore

/// Sends events to receivers of Prometheus Alertmanager's webhooks, or to an Alertmanager itself,
/// which routes and deduplicates them.
enum AlertmanagerNotifier {
  /// The kind of receiver.
  enum Mode: String, CaseIterable {
    /// A receiver of Alertmanager's webhooks (version 4 of their body,
    /// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config).
    case webhook
    /// An Alertmanager (https://prometheus.io/docs/alerting/latest/alerts_api).
    case push
  }

  /// The default of `hold`: the time after which a pushed alert ends without a further event.
  private static let defaultHold = Duration.seconds(86_400)

  static let kind = NotifierKind(name: "alertmanager") { section, context in
    let endpoint = WebhookEndpoint(section, context: context)
    let mode = section.choice("mode", Mode.self) ?? .webhook
    let hold = section.duration("hold", minimum: .seconds(60))
    if hold != nil, mode == .webhook {
      section.problem(
        "hold", "'hold' is used only with mode: push; remove it, or write mode: push")
    }
    guard let endpoint else { return nil }
    return switch mode {
    case .webhook: ServiceWebhook(endpoint: endpoint, body: webhook)
    case .push:
      ServiceWebhook(endpoint: endpoint.appending(path: "/api/v2/alerts")) { notification in
        .array([pushed(notification, hold: hold ?? defaultHold)])
      }
    }
  }

  /// Returns the body of Alertmanager's webhook for a group of one alert.
  @Sendable private static func webhook(_ notification: Notification) -> JSONValue {
    let labels = labels(of: notification)
    let annotations = annotations(of: notification)
    let status = isOver(notification) ? "resolved" : "firing"
    let name = labels.first { $0.name == "alertname" }.map { [$0] } ?? []
    return .object([
      .init("version", .string("4")),
      .init("groupKey", .string("{}:{alertname=\"\(name.first?.value ?? "")\"}")),
      .init("truncatedAlerts", .integer(0)),
      .init("status", .string(status)),
      .init("receiver", .string("fxwatch")),
      .init("groupLabels", .texts(name)),
      .init("commonLabels", .texts(labels)),
      .init("commonAnnotations", .texts(annotations)),
      .init("externalURL", .string("")),
      .init(
        "alerts",
        .array([
          .object([
            .init("status", .string(status)),
            .init("labels", .texts(labels)),
            .init("annotations", .texts(annotations)),
            .init("startsAt", .string(start(of: notification))),
            // Go's zero time means an unknown end.
            .init(
              "endsAt",
              .string(
                isOver(notification)
                  ? notification.timestamp.description : "0001-01-01T00:00:00Z")),
            .init("generatorURL", .string("")),
            .init("fingerprint", .string(fingerprint(of: labels))),
          ])
        ])),
    ])
  }

  /// Returns an alert in the format of Alertmanager's API; a firing alert ends after `hold`.
  private static func pushed(_ notification: Notification, hold: Duration) -> JSONValue {
    let end = isOver(notification) ? notification.timestamp : notification.timestamp + hold
    return .object([
      .init("labels", .texts(labels(of: notification))),
      .init("annotations", .texts(annotations(of: notification))),
      .init("startsAt", .string(start(of: notification))),
      .init("endsAt", .string(end.description)),
      .init("generatorURL", .string("")),
    ])
  }

  private static func isOver(_ notification: Notification) -> Bool {
    [.alertResolved, .sourceRecovered].contains(notification.type)
  }

  private static func start(of notification: Notification) -> String {
    let began = isOver(notification) ? notification["fired_at"] ?? notification["since"] : nil
    return began ?? notification.timestamp.description
  }

  /// Returns the labels that identify an alert from firing to resolved, sorted by name.
  private static func labels(of notification: Notification) -> [(name: String, value: String)] {
    let type: String =
      switch notification.type {
      case .sourceDown, .sourceRecovered, .sourceStale, .sourceLate: "source.down"
      default: notification.type.rawValue
      }
    var labels = [("alertname", notification["rule"] ?? type), ("job", "fxwatch")]
    for name in ["pair", "severity", "side", "source"] {
      if name == "severity" {
        if notification["alert_id"] != nil {
          labels.append((name, notification.severity.rawValue))
        }
      } else if let value = notification[name] {
        labels.append((name, value))
      }
    }
    if case .object(let own)? = notification.data["labels"] {
      for label in own where !labels.contains(where: { $0.0 == label.name }) {
        if let value = label.value.text { labels.append((label.name, value)) }
      }
    }
    return labels.map { (name: $0.0, value: SanitizedText.line($0.1)) }.sorted { $0.name < $1.name }
  }

  private static func annotations(
    of notification: Notification
  ) -> [(name: String, value: String)] {
    let text = NotificationText(notification: notification)
    let annotations: [(String, String?)] = [
      ("summary", text.summary), ("description", text.message), ("event", notification.id),
      ("alert_id", notification["alert_id"]), ("rate", notification["rate"]),
      ("previous", notification["previous", "rate"]), ("change", text.change),
      ("value_date", notification["value_date"]), ("condition", notification["condition"]),
    ]
    return annotations.compactMap { name, value in
      value.map { (name: name, value: SanitizedText.line($0)) }
    }
  }

  /// Returns Alertmanager's fingerprint of a label set: 64-bit FNV-1a over each name and value,
  /// each followed by 0xFF (prometheus/common, model/signature.go).
  private static func fingerprint(of labels: [(name: String, value: String)]) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for label in labels {
      for text in [label.name, label.value] {
        for byte in Array(text.utf8) + [0xFF] { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      }
    }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
