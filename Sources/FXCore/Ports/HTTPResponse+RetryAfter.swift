extension HTTPResponse {
  /// The longest wait that a server can request; after it a notification is too late anyway.
  package static let maximumRetryAfter = Duration.seconds(86_400)

  /// Returns the wait of `Retry-After`, in seconds or as a date (RFC 9110 section 10.2.3), from zero
  /// to `maximumRetryAfter`; nil if it is missing or invalid.
  ///
  /// `now` is the time at which the response arrived.
  package func retryAfter(now: Timestamp) -> Duration? {
    guard let text = header("retry-after") else { return nil }
    let isNumber =
      !text.isEmpty
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let wait =
      isNumber
      ? Int64(text).map { Duration.seconds(min($0, Self.maximumRetryAfter.components.seconds)) }
        ?? Self.maximumRetryAfter
      : Timestamp(httpDate: text).map { $0 - now }
    return wait.map { min(max($0, .zero), Self.maximumRetryAfter) }
  }
}
