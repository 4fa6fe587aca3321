import FXCore

/// A table whose rows a verification reads one by one.
///
/// Publications and observations are not among them: they are read together.
struct VerifiedTable {
  let name: String
  let query: String

  /// Reads every column of a row; returns false if the row could have a checksum and has none.
  let read: (StoredRow) throws -> Bool

  /// Every such table.
  static var all: [VerifiedTable] {
    [sources, states, series] + alerts + [events] + deliveries + notifiers + suppressions
  }

  /// Returns a table whose rows have no checksums.
  private static func values(
    _ name: String, _ query: String, _ read: @escaping (StoredRow) throws -> Void
  ) -> VerifiedTable {
    VerifiedTable(name: name, query: query) { row in
      try read(row)
      return true
    }
  }

  /// The join with the series of a row.
  private static let ofSeries =
    "JOIN series ON series.id = series_id JOIN source ON source.id = source_id"

  private static var sources: VerifiedTable {
    Self.values("source", "SELECT id, name FROM source") { row in
      _ = (try row.integer("id"), try row.text("name"))
    }
  }

  private static var states: VerifiedTable {
    Self.values("source_state", StateQueries.sourceStates) { row in
      _ = (try row.text("name"), try SourceState(row))
    }
  }

  private static var series: VerifiedTable {
    Self.values(
      "series",
      """
      SELECT series.id, scale, listed, suspect, source.name AS source, base, quote, side
      FROM series JOIN source ON source.id = source_id
      """
    ) { row in
      _ = (try row.series(), try row.integer("id"), try row.scale("scale"))
      _ = (try row.flag("listed"), try row.optionalInteger("suspect"))
    }
  }

  private static var alerts: [VerifiedTable] {
    [
      Self.values(
        "alert_state",
        """
        SELECT rule, source.name AS source, base, quote, side, \(AlertState.columns)
        FROM alert_state \(ofSeries)
        """
      ) { row in _ = (try AlertKey(row), try AlertState(row)) },
      Self.values(
        "latest_alert",
        """
        SELECT rule, alert_id, fired_at, value_date, rate, source.name AS source, base, quote, side
        FROM latest_alert \(ofSeries)
        """
      ) { row in _ = (try AlertKey(row), try AlertBasis(row)) },
      VerifiedTable(
        name: "alert",
        query: """
          SELECT alert.id, rule, kind, severity, fired_at, resolved_at, data, checksum,
            source.name AS source, base, quote, side
          FROM alert \(ofSeries)
          """
      ) { row in
        let alert = try AlertRecord(row)
        if alert.data.value == .null { throw UnreadableValue("data") }
        return try row.checksum("checksum") != nil
      },
    ]
  }

  private static var events: VerifiedTable {
    VerifiedTable(
      name: "event",
      query: """
        SELECT \(Notification.columns),
          (SELECT urgency FROM event WHERE event.sequence = told.sequence) AS urgency
        FROM told
        """
    ) { row in
      _ = try Notification(parsing: row)
      let _: Severity = try row.choice("urgency")
      return try row.checksum("checksum") != nil
    }
  }

  private static var deliveries: [VerifiedTable] {
    [
      Self.values(
        "delivery",
        "SELECT event_sequence, notifier, attempts, due, opened, state, lines FROM delivery"
      ) { row in
        let _: DeliveryState = try row.choice("state")
        _ = (try row.integer("event_sequence"), try row.text("notifier"))
        _ = (try row.count("attempts"), try row.instant("due"), try row.instant("opened"))
        _ = try row.count("lines")
      },
      Self.values(
        "delivery_attempt",
        "SELECT event_sequence, notifier, line, at, number, result, detail FROM delivery_attempt"
      ) { row in
        _ = (try row.integer("event_sequence"), try row.text("notifier"), try row.count("line"))
        _ = try DeliveryAttempt(row)
      },
      Self.values("held", "SELECT event_sequence, notifier FROM held") { row in
        _ = (try row.integer("event_sequence"), try row.text("notifier"))
      },
    ]
  }

  private static var notifiers: [VerifiedTable] {
    [
      Self.values(
        "disabled_notifier", "SELECT name, fingerprint, since, reason FROM disabled_notifier"
      ) { row in
        _ = (try row.text("name"), try row.text("fingerprint"))
        _ = (try row.instant("since"), try row.text("reason"))
      },
      Self.values("failing_notifier", "SELECT name, since FROM failing_notifier") { row in
        _ = (try row.text("name"), try row.instant("since"))
      },
    ]
  }

  private static var suppressions: [VerifiedTable] {
    [
      Self.values(
        "silence", "SELECT id, matchers, author, reason, created, until, ended FROM silence"
      ) { row in _ = try Silence(row) },
      Self.values(
        "acknowledgement",
        "SELECT id, alert_id, author, reason, created, until, ended FROM acknowledgement"
      ) { row in _ = try Acknowledgement(row) },
    ]
  }
}
