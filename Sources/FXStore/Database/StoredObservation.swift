import FXCore

/// An observation as it is stored, with the first fetch and the day of its publication: the content of
/// its checksum.
struct StoredObservation {
  let publication: Int64
  let firstSeen: Timestamp
  let valueDate: CalendarDay?

  /// The rate; nil if the series was no longer listed.
  let rate: Rate?

  let version: Int
  let publishedChange: String?

  /// The description of a suspicion.
  let suspicion: String?

  /// The columns that are read, of `observation o` and `publication p`.
  static let columns = """
    o.publication, o.coefficient, o.scale, o.nominal, o.version, o.published_change, p.value_date,
    p.first_seen, o.suspect, o.checksum
    """

  /// The row of a publication that no longer lists a series.
  init(endAt publication: Int64, firstSeen: Timestamp, valueDate: CalendarDay?) {
    self.publication = publication
    self.firstSeen = firstSeen
    self.valueDate = valueDate
    (rate, version, publishedChange, suspicion) = (nil, 1, nil, nil)
  }

  /// The row of an observation.
  init(_ point: SeriesPoint, publishedChange: String?, suspicion: String?) {
    publication = point.publication
    firstSeen = point.firstSeen
    valueDate = point.valueDate
    rate = point.rate
    version = point.version
    self.publishedChange = publishedChange
    self.suspicion = suspicion
  }

  /// Reads the columns of an observation of a series; throws where they do not match their checksum.
  ///
  /// A row of an earlier version has no checksum.
  init(_ row: StoredRow, of series: Checksum) throws {
    publication = try row.integer("publication")
    firstSeen = try row.instant("first_seen")
    valueDate = try row.optionalDay("value_date")
    rate = try row.optionalRate()
    version = try row.count("version")
    publishedChange = try row.optionalText("published_change")
    suspicion = try row.optionalText("suspect")
    if let stored = try row.optionalInteger("checksum"), stored != checksum(of: series).short {
      throw UnreadableValue.checksum
    }
  }

  /// Returns its checksum as an observation of a series.
  func checksum(of series: Checksum) -> Checksum {
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
  var point: SeriesPoint? {
    rate.map {
      SeriesPoint(
        rate: $0, valueDate: valueDate, firstSeen: firstSeen, publication: publication,
        version: version)
    }
  }
}
