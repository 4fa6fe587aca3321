/// An observation as it is stored, with the first fetch and the day of its publication: the content of
/// its checksum.
package struct StoredObservation: Sendable {
  package let publication: Int64
  package let firstSeen: Timestamp
  package let valueDate: CalendarDay?

  /// The rate; nil if the series was no longer listed.
  package let rate: Rate?

  package let version: Int
  package let publishedChange: String?

  /// The description of a suspicion.
  package let suspicion: String?

  /// The row of a publication that no longer lists a series.
  package init(endAt publication: Int64, firstSeen: Timestamp, valueDate: CalendarDay?) {
    self.publication = publication
    self.firstSeen = firstSeen
    self.valueDate = valueDate
    (rate, version, publishedChange, suspicion) = (nil, 1, nil, nil)
  }

  /// The row of an observation.
  package init(_ point: SeriesPoint, publishedChange: String?, suspicion: String?) {
    publication = point.publication
    firstSeen = point.firstSeen
    valueDate = point.valueDate
    rate = point.rate
    version = point.version
    self.publishedChange = publishedChange
    self.suspicion = suspicion
  }

  /// An observation with these values.
  package init(
    publication: Int64, firstSeen: Timestamp, valueDate: CalendarDay?, rate: Rate?, version: Int,
    publishedChange: String?, suspicion: String?
  ) {
    self.publication = publication
    self.firstSeen = firstSeen
    self.valueDate = valueDate
    self.rate = rate
    self.version = version
    self.publishedChange = publishedChange
    self.suspicion = suspicion
  }

  /// Returns its checksum as an observation of a series.
  package func checksum(of series: Checksum) -> Checksum {
    var hasher = ChecksumHasher()
    hasher.combine(series.whole)
    hasher.combine(publication)
    hasher.combine(firstSeen.stored)
    hasher.combine(valueDate?.stored ?? .min)
    if let rate {
      hasher.combine(rate.printed.coefficient)
      hasher.combine(rate.nominal << 8 | Int64(rate.printed.scale))
    }
    hasher.combine(Int64(version))
    if let publishedChange { hasher.combine(publishedChange) }
    if let suspicion {
      hasher.combine(-1)
      hasher.combine(suspicion)
    }
    return Checksum(hasher)
  }

  /// Returns the rate with its publication; nil if the series was no longer listed.
  package var point: SeriesPoint? {
    rate.map {
      SeriesPoint(
        rate: $0, valueDate: valueDate, firstSeen: firstSeen, publication: publication,
        version: version)
    }
  }
}
