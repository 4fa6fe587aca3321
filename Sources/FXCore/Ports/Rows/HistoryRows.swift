/// Sources, publications and observations, read from rows.
extension SourceState {
  /// Reads the state of a source.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init()
    lastAttempt = try row.optionalInstant("last_attempt")
    lastSuccess = try row.optionalInstant("last_success")
    failures = try row.count("failures")
    lastFailure = try row.optionalText("last_failure")
    downSince = try row.optionalInstant("down_since")
    due = try row.optionalInstant("due")
    if let url = try row.optionalText("validators_url") {
      validators = Validators(
        url: url, etag: try row.optionalText("etag"),
        lastModified: try row.optionalText("last_modified"))
    }
    latestPublication = try row.integer("latest_publication")
    latestFirstSeen = try row.optionalInstant("latest_first_seen")
    latestValueDate = try row.optionalDay("latest_value_date")
    failingSince = try row.optionalInstant("failing_since")
    isUnreachable = try row.flag("unreachable")
    staleSince = try row.optionalInstant("stale_since")
    retired = try row.text("retired").split(separator: " ").map { code in
      guard let currency = Currency(code) else { throw UnreadableValue("retired") }
      return currency
    }
    if let text = try row.optionalText("history") {
      guard let digest = ContentDigest(text) else { throw UnreadableValue("history") }
      history = digest
    }
    if let bodyHash = try row.optionalText("unfinished_hash"),
      let firstSeen = try row.optionalInstant("unfinished_first_seen")
    {
      unfinished = Unfinished(
        bodyHash: bodyHash, valueDate: try row.optionalDay("unfinished_value_date"),
        firstSeen: firstSeen, lines: try row.count("unfinished_lines"))
    }
  }
}

extension Publication {
  /// Reads a publication of a source.
  @inlinable
  package init(_ row: some RowReading, of source: SourceName, headlines: [Headline]) throws {
    self.init(
      number: try row.integer("number"), source: source,
      valueDate: try row.optionalDay("value_date"), firstSeen: try row.instant("first_seen"),
      lastSeen: try row.instant("last_seen"), bodyHash: try row.text("body_hash"),
      headlines: headlines)
  }
}

extension RowReading {
  /// Reads `headlines`: an array of `[title, link]`, or NULL for none.
  @inlinable
  package func headlines() throws -> [Headline] {
    guard try !isNull("headlines") else { return [] }
    guard let entries = try json("headlines").elements else { throw UnreadableValue("headlines") }
    return try entries.map { entry in
      guard let parts = entry.elements, parts.count == 2, let title = parts[0].text else {
        throw UnreadableValue("headlines")
      }
      return Headline(title: title, link: parts[1].text)
    }
  }
}

extension StoredObservation {
  /// The columns that are read, of `observation o` and `publication p`.
  package static let columns = """
    o.publication, o.coefficient, o.scale, o.nominal, o.version, o.published_change, p.value_date,
    p.first_seen, o.suspect, o.checksum
    """

  /// Reads an observation of a series; throws where it does not match its checksum.
  ///
  /// A row of an earlier version has no checksum.
  @inlinable
  package init(_ row: some RowReading, of series: Checksum) throws {
    self.init(
      publication: try row.integer("publication"), firstSeen: try row.instant("first_seen"),
      valueDate: try row.optionalDay("value_date"), rate: try row.optionalRate(),
      version: try row.count("version"), publishedChange: try row.optionalText("published_change"),
      suspicion: try row.optionalText("suspect"))
    if let stored = try row.optionalInteger("checksum"), stored != checksum(of: series).short {
      throw DamagedRow.mismatch(in: "observation", key: "publication \(publication)")
    }
  }

  /// The rate with its publication; throws if the series was no longer listed.
  package var listedPoint: SeriesPoint {
    get throws {
      guard let point else { throw UnreadableValue("coefficient") }
      return point
    }
  }

  /// The reason why the rate is suspect; nil if it is trusted.
  package var parsedSuspicion: Suspicion? {
    get throws {
      try suspicion.map { text in
        guard let suspicion = Suspicion(text) else { throw UnreadableValue("suspect") }
        return suspicion
      }
    }
  }
}

extension SuspectPoint {
  /// The suspect rate of an observation.
  package init(_ observation: StoredObservation) throws {
    guard let suspicion = try observation.parsedSuspicion else { throw UnreadableValue("suspect") }
    self.init(
      point: try observation.listedPoint, publishedChange: observation.publishedChange,
      suspicion: suspicion)
  }
}
