import FXCore

extension SourceState {
  /// Reads the state of a source.
  init(_ row: PostgresRow) throws {
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
      guard let currency = Currency(code) else { throw UnreadableColumn("retired") }
      return currency
    }
    if let text = try row.optionalText("history") {
      guard let digest = ContentDigest(text) else { throw UnreadableColumn("history") }
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
  /// The columns that are read, of `publication` and `source`, without headlines.
  static let columns = """
    name, number, value_date, first_seen, last_seen, body_hash, publication.checksum
    """

  /// Reads a publication of the source in `name`, with its headlines if the query has them; throws where
  /// they do not match their checksums.
  init(_ row: PostgresRow) throws {
    self.init(
      number: try row.integer("number"), source: SourceName(try row.text("name")),
      valueDate: try row.optionalDay("value_date"), firstSeen: try row.instant("first_seen"),
      lastSeen: try row.instant("last_seen"), bodyHash: try row.text("body_hash"),
      headlines: row.rows.columns["headlines"] == nil ? [] : try row.headlines())
    if let stored = try row.checksum("checksum"), stored != checksum {
      throw DamagedRow.publication(number, of: source)
    }
    if !headlines.isEmpty, let stored = try row.checksum("headlines_checksum"),
      stored != headlines.checksum
    {
      throw DamagedRow.publication(number, of: source)
    }
  }
}

extension PostgresRow {
  /// Reads `headlines`: an array of `[title, link]`, or NULL for none.
  fileprivate func headlines() throws -> [Headline] {
    guard try optionalText("headlines") != nil else { return [] }
    guard let entries = try json("headlines").elements else { throw UnreadableColumn("headlines") }
    return try entries.map { entry in
      guard let parts = entry.elements, parts.count == 2, let title = parts[0].text else {
        throw UnreadableColumn("headlines")
      }
      return Headline(title: title, link: parts[1].text)
    }
  }
}
