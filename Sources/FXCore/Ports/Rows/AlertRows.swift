/// Alerts and their states, read from rows.
extension AlertState {
  /// The columns beside rule and series.
  package static let columns = """
    phase, publications, alert_id, since, last_told, turns, brake, fingerprint, recipients,
    sent, withheld, armed, armed_before
    """

  /// Reads those columns.
  @inlinable
  package init(_ row: some RowReading) throws {
    let phase: Phase
    switch try row.text("phase") {
    case "inactive": phase = .inactive
    case "pending":
      phase = .pending(
        publications: try row.count("publications"), since: try row.instant("since"))
    case "firing":
      phase = .firing(alertID: try row.text("alert_id"), since: try row.instant("since"))
    case "retired": phase = .retired
    default: throw UnreadableValue("phase")
    }
    let turns = try row.text("turns").split(separator: " ").map { text throws -> Int64 in
      guard let number = Int64(text), StoredRange.numbers.contains(number) else {
        throw UnreadableValue("turns")
      }
      return number
    }
    var progress = AlertProgress(
      phase, lastNotified: try row.optionalInstant("last_told"), transitions: turns,
      flapping: try row.optionalFlag("brake"))
    if let text = try row.optionalText("sent") {
      guard let sent = AlertProgress.sent(from: text) else { throw UnreadableValue("sent") }
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
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(rule: try row.text("rule"), series: try row.series())
  }
}

extension AlertBasis {
  /// Reads the rate an alert was based on.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      alertID: try row.text("alert_id"), firedAt: try row.instant("fired_at"),
      valueDate: try row.optionalDay("value_date"), rate: try row.text("rate"))
  }
}

extension AlertRecord {
  /// Reads an alert; throws where its evidence does not match its checksum.
  @inlinable
  package init(_ row: some RowReading) throws {
    self.init(
      id: try row.text("id"), key: try AlertKey(row), kind: try row.choice("kind"),
      severity: try row.choice("severity"), firedAt: try row.instant("fired_at"),
      resolvedAt: try row.optionalInstant("resolved_at"), data: try row.jsonText("data"))
    if let stored = try row.checksum("checksum"), stored != checksum(of: data.bytes) {
      throw DamagedRow.alert(id)
    }
  }
}

extension RowReading {
  /// Throws where the evidence of an alert does not match `alert_checksum`.
  @inlinable
  package func requireIntact(alert id: String, _ data: JSONText) throws {
    guard let stored = try checksum("alert_checksum") else { return }
    let found = Checksum(
      alert: id, rule: try text("rule"), try text("kind"), try text("severity"),
      try instant("fired_at"), data.bytes)
    guard stored == found else { throw DamagedRow.alert(id) }
  }
}
