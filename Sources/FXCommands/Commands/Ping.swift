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
