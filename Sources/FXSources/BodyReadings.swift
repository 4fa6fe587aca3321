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

  /// Returns the readings of several responses as one: of the newest day, and of the days before it that
  /// have at least half of its series.
  ///
  /// Of a series that occurs twice on a day, the first rate counts.
  package static func merged(_ parts: [BodyReadings]) -> BodyReadings {
    let all = parts.flatMap { $0.earlier + [$0.newest] }
    let newest = all.compactMap(\.valueDate).max()
    var days: [CalendarDay: [Observation]] = [:]
    var current: [Observation] = []
    for reading in all {
      if let day = reading.valueDate, day != newest {
        days[day, default: []] += reading.observations
      } else {
        current += reading.observations
      }
    }
    current = current.uniqued
    let earlier = days.mapValues(\.uniqued).filter { $0.value.count * 2 >= current.count }
    return BodyReadings(
      earlier: earlier.sorted { $0.key < $1.key }.suffix(ArchiveLimits.maximumDays).map {
        SourceReading(valueDate: $0.key, observations: $0.value)
      },
      newest: SourceReading(
        valueDate: newest, observations: current,
        headlines: Array(
          all.flatMap(\.headlines).prefix(SourceReading.maximumHeadlines)),
        setAside: all.flatMap(\.setAside)))
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

extension [Observation] {
  /// The observations without a second one of a series.
  fileprivate var uniqued: [Observation] {
    var seen: Set<Series> = []
    return filter { observation in
      seen.insert(
        Series(source: SourceName(""), pair: observation.pair, side: observation.side)
      ).inserted
    }
  }
}
