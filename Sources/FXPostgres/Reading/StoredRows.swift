import FXCore

/// The rows of the tables as values.
extension AlertState {
  /// The columns beside rule and series.
  static let columns = """
    phase, publications, alert_id, since, last_told, turns, brake, fingerprint, recipients,
    sent, withheld, armed, armed_before
    """

  /// Reads those columns.
  init(_ row: PostgresRow) throws {
    let phase: Phase
    switch try row.text("phase") {
    case "inactive": phase = .inactive
    case "pending":
      phase = .pending(
        publications: try row.count("publications"), since: try row.instant("since"))
    case "firing":
      phase = .firing(alertID: try row.text("alert_id"), since: try row.instant("since"))
    case "retired": phase = .retired
    default: throw UnreadableColumn("phase")
    }
    let turns = try row.text("turns").split(separator: " ").map { text throws -> Int64 in
      guard let number = Int64(text), StoredRange.numbers.contains(number) else {
        throw UnreadableColumn("turns")
      }
      return number
    }
    var progress = AlertProgress(
      phase, lastNotified: try row.optionalInstant("last_told"), transitions: turns,
      flapping: try row.optionalFlag("brake"))
    if let text = try row.optionalText("sent") {
      guard let sent = AlertProgress.sent(from: text) else { throw UnreadableColumn("sent") }
      progress.sent = sent
    }
    progress.withheld = try row.count("withheld")
    progress.arming = try row.optionalInstant("armed").map {
      AlertArming(at: $0, before: try row.optionalInstant("armed_before"))
    }
    self.init(
      progress,
      ruleFingerprint: try row.text("fingerprint"),
      recipients: try row.optionalText("recipients")
        .map { $0.split(separator: "\n").map { String($0) } })
  }
}

extension AlertKey {
  /// Reads a rule and a series.
  init(_ row: PostgresRow) throws {
    self.init(rule: try row.text("rule"), series: try row.series())
  }
}

extension AlertBasis {
  /// Reads the rate an alert was based on.
  init(_ row: PostgresRow) throws {
    self.init(
      alertID: try row.text("alert_id"), firedAt: try row.instant("fired_at"),
      valueDate: try row.optionalDay("value_date"), rate: try row.text("rate"))
  }
}

extension AlertRecord {
  /// Reads an alert.
  init(_ row: PostgresRow) throws {
    self.init(
      id: try row.text("id"), key: try AlertKey(row), kind: try row.choice("kind"),
      severity: try row.choice("severity"), firedAt: try row.instant("fired_at"),
      resolvedAt: try row.optionalInstant("resolved_at"), data: try row.jsonText("data"))
    if let stored = try row.checksum("checksum"), stored != checksum(of: data.bytes) {
      throw DamagedRow.mismatch(in: "alert", key: "id \(SanitizedText.line(id, limit: 64))")
    }
  }
}

extension Notification {
  /// The columns that are read, of `reported`.
  static let columns = """
    sequence, id, type, timestamp, lane, data, checksum, alert_id, rule, kind, severity, fired_at,
    alert_checksum
    """

  /// Reads an event; throws where it, or the alert that it reports, does not match its checksum.
  init(_ row: PostgresRow) throws {
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

  /// Reads an event and parses its data.
  init(parsing row: PostgresRow) throws {
    self = try Notification(row).read
    if data == .null { throw UnreadableColumn("data") }
  }
}

extension PostgresRow {
  /// Throws where the evidence of an alert does not match `alert_checksum`.
  func requireIntact(alert id: String, _ data: JSONText) throws {
    guard let stored = try checksum("alert_checksum") else { return }
    let found = Checksum(
      alert: id, rule: try text("rule"), try text("kind"), try text("severity"),
      try instant("fired_at"), data.bytes)
    guard stored == found else {
      throw DamagedRow.mismatch(in: "alert", key: "id \(SanitizedText.line(id, limit: 64))")
    }
  }
}

extension OutboxEntry {
  /// The columns of an open delivery, of `delivery` and `event`.
  static let columns = """
    event_sequence, id, notifier, lane, opened, attempts, due, urgency, summary
    """

  /// Reads an open delivery.
  init(_ row: PostgresRow) throws {
    self.init(
      sequence: try row.integer("event_sequence"), id: try row.text("id"),
      notifier: try row.text("notifier"), orderingKey: try row.text("lane"),
      opened: try row.instant("opened"), attempts: try row.count("attempts"),
      due: try row.instant("due"), severity: try row.choice("urgency"),
      summary: try row.text("summary"))
  }
}

extension DeliveryAttempt {
  /// Reads the columns of an attempt.
  init(_ row: PostgresRow) throws {
    self.init(
      number: try row.count("number"), at: try row.instant("at"),
      result: try row.choice("result"), detail: try row.text("detail"))
  }
}

extension DeliveryRecord {
  /// Reads a delivery with its last attempt.
  init(_ row: PostgresRow) throws {
    self.init(
      sequence: try row.integer("event_sequence"), eventID: try row.text("id"),
      type: try row.choice("type"), notifier: try row.text("notifier"),
      orderingKey: try row.text("lane"), created: try row.instant("timestamp"),
      state: try row.choice("state"), attempts: try row.count("attempts"),
      due: try row.instant("due"),
      lastAttempt: try row.optionalInteger("number").map { _ in try DeliveryAttempt(row) })
  }
}

extension Silence {
  /// Reads a silence.
  init(_ row: PostgresRow) throws {
    guard let matchers = try row.json("matchers").elements else {
      throw UnreadableColumn("matchers")
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
  init(_ row: PostgresRow) throws {
    self.init(
      id: try row.integer("id"), alertID: try row.text("alert_id"),
      author: try row.text("author"), reason: try row.text("reason"),
      created: try row.instant("created"), until: try row.optionalInstant("until"),
      ended: try row.optionalInstant("ended"))
  }
}
