package import FXCore

/// The readings of one polled body: that of its newest day, and those of earlier days that are new.
package struct BodyReadings: Hashable, Sendable {
  /// The publications between the last one that is known and the newest, oldest first.
  package let earlier: [SourceReading]

  /// The reading of the newest day.
  package let newest: SourceReading

  /// Creates the readings of a body.
  package init(earlier: [SourceReading], newest: SourceReading) {
    self.earlier = earlier
    self.newest = newest
  }

  /// Returns the readings without the secrets of the request; earlier days that contain one as a rate
  /// are left out.
  package func redacted(by redaction: Redaction) throws(ParseError) -> BodyReadings {
    if redaction.isEmpty { return self }
    return BodyReadings(
      earlier: earlier.compactMap { try? $0.redacted(by: redaction) },
      newest: try newest.redacted(by: redaction))
  }
}

extension SourceDefinition {
  /// Reads a polled body, and its days after `day`; secrets are not removed.
  package func readings(
    of body: [UInt8], contentType: String?, after day: CalendarDay?
  ) throws(ParseError) -> BodyReadings {
    let newest = try read(body, contentType: contentType)
    return BodyReadings(
      earlier: day.map { days(of: body, after: $0, before: newest) } ?? [], newest: newest)
  }
}
