/// Events and their deliveries, read from rows.
extension Notification {
  /// The columns that are read, of the view of events with the data of the alerts that they report.
  package static let columns = """
    sequence, id, type, timestamp, lane, data, checksum, alert_id, rule, kind, severity, fired_at,
    alert_checksum
    """

  /// Reads an event and parses its data.
  @inlinable
  package init(parsing row: some RowReading) throws {
    self = try Notification(row).read
    if data == .null { throw UnreadableValue("data") }
  }

  /// Reads an event; throws where it, or the alert that it reports, does not match its checksum.
  @inlinable
  package init(_ row: some RowReading) throws {
    let text = try row.jsonText("data")
    self.init(
      id: try row.text("id"), type: try row.choice("type"),
      timestamp: try row.instant("timestamp"), text: text)
    let alert = try row.optionalText("alert_id")
    if let stored = try row.checksum("checksum") {
      let sequence = try row.integer("sequence")
      let checksum = Checksum(
        event: sequence, id, type.rawValue, timestamp, lane: try row.text("lane"),
        alert == nil ? text.bytes : nil)
      guard stored == checksum else {
        throw DamagedRow.mismatch(in: "event", key: "sequence \(sequence)")
      }
    }
    if let alert { try row.requireIntact(alert: alert, text) }
  }
}

extension OutboxEntry {
  /// Reads an open delivery.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      sequence: try row.integer("event_sequence"), id: try row.text("id"),
      notifier: try row.text("notifier"), orderingKey: try row.text("lane"),
      opened: try row.instant("opened"), attempts: try row.count("attempts"),
      due: try row.instant("due"), severity: try row.choice("urgency"),
      summary: try row.text("summary"))
  }
}

extension OutboxScan.Row {
  /// Reads what decides about an open delivery.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      sequence: try row.integer("event_sequence"), orderingKey: try row.text("lane"),
      opened: try row.instant("opened"), due: try row.instant("due"),
      severity: try row.choice("urgency"))
  }
}

extension DeliveryRecord {
  /// Reads a delivery with its event and its last attempt.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      sequence: try row.integer("event_sequence"), eventID: try row.text("id"),
      type: try row.choice("type"), notifier: try row.text("notifier"),
      orderingKey: try row.text("lane"), created: try row.instant("timestamp"),
      state: try row.choice("state"), attempts: try row.count("attempts"),
      due: try row.instant("due"),
      lastAttempt: try row.optionalInteger("number").map { _ in try DeliveryAttempt(row) })
  }
}

extension DeliveryAttempt {
  /// Reads the columns of an attempt.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      number: try row.count("number"), at: try row.instant("at"),
      result: try row.choice("result"), detail: try row.text("detail"))
  }
}

extension Silence {
  /// Reads a silence.
  @inlinable
  package init(_ row: some RowReading) throws {
    guard let matchers = try row.json("matchers").elements else {
      throw UnreadableValue("matchers")
    }
    self.init(
      id: try row.integer("id"), matchers: try matchers.map { try SilenceMatcher($0.text ?? "") },
      author: try row.text("author"), reason: try row.text("reason"),
      created: try row.instant("created"), until: try row.instant("until"),
      ended: try row.optionalInstant("ended"))
  }
}

extension Acknowledgement {
  /// Reads an acknowledgement.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      id: try row.integer("id"), alertID: try row.text("alert_id"),
      author: try row.text("author"), reason: try row.text("reason"),
      created: try row.instant("created"), until: try row.optionalInstant("until"),
      ended: try row.optionalInstant("ended"))
  }
}
