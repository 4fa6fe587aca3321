import FXCore
import FXSystem

/// Writes events to standard output, one line for each event.
struct StdoutNotifier: Notifier {
  /// The format of a line.
  enum Format: String, CaseIterable {
    /// For people.
    case text
    /// The payload.
    case json
    /// `key=value` pairs.
    case logfmt
  }

  static let kind = NotifierKind(name: "stdout", atOnce: 1, isLocal: true) { section, context in
    StdoutNotifier(
      format: section.choice("format", Format.self) ?? .text, output: context.output)
  }

  let format: Format
  let output: NotifierContext.Output

  /// Writes all lines in one call, so that a retry repeats all of them or none.
  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    let lines = shipment.notifications.flatMap { Array((line(for: $0) + "\n").utf8) }
    do throws(SystemError) {
      try await output(lines)
      return .delivered(detail: "written to standard output")
    } catch {
      return .retry(because: "standard output: \(error)")
    }
  }

  private func line(for notification: Notification) -> String {
    switch format {
    case .text: NotificationText(notification: notification).line
    case .json: notification.payload.description
    case .logfmt: Logfmt.line(notification)
    }
  }
}
