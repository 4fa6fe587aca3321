import FXCore

/// The outcome of a `test.ping`.
package struct Ping: Sendable {
  let notifier: String
  let outcome: DeliveryOutcome
  let took: Duration

  /// True if it was delivered.
  package var arrived: Bool {
    if case .delivered = outcome { true } else { false }
  }

  /// Returns the event to send to a notifier.
  static func notification(to notifier: String, at now: Timestamp) -> Notification {
    Notification(
      id: "ping_\(now.milliseconds)", type: .testPing, timestamp: now,
      data: .object([
        .init("version", .integer(1)), .init("notifier", .string(notifier)),
        .init("severity", .string(Severity.info.rawValue)),
        .init("summary", .string("fxwatch reaches '\(notifier)'")),
      ]))
  }

  /// The sentence to print.
  package var sentence: String {
    let took = "\(took.milliseconds) ms"
    return switch outcome {
    case .delivered(let detail): "\(notifier): delivered in \(took) (\(detail))"
    case .retry(let reason, _, _), .limited(let reason, _):
      "\(notifier): not delivered after \(took): \(reason)"
    case .refused(let reason): "\(notifier): cannot be delivered: \(reason)"
    case .gone: "\(notifier): the endpoint is gone (HTTP 410) after \(took)"
    }
  }
}
