extension DeliveryOutcome {
  /// Returns the outcome without the secrets of its request: what a receiver answers is stored and
  /// printed.
  package func redacted(by redaction: Redaction) -> DeliveryOutcome {
    if redaction.isEmpty { return self }
    return switch self {
    case .delivered(let detail): .delivered(detail: redaction.redacted(detail))
    case .retry(let reason, let after, let slowDown):
      .retry(because: redaction.redacted(reason), after: after, slowDown: slowDown)
    case .limited(let reason, let after):
      .limited(because: redaction.redacted(reason), after: after)
    case .refused(let reason): .refused(because: redaction.redacted(reason))
    case .gone: .gone
    }
  }
}
