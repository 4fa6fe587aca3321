import FXCore
import GRDB

/// Reads alerts and their states.
struct AlertQueries {
  let db: Database

  /// Selects alerts with their series.
  private static let selection = """
    SELECT alert.id, rule, kind, severity, fired_at, resolved_at, data, checksum,
      source.name AS source, base, quote, side
    FROM alert JOIN series ON series.id = series_id JOIN source ON source.id = source_id
    """

  /// Returns the alerts that are firing, or every one that ever fired, oldest first.
  func alerts(all: Bool) throws -> [AlertRecord] {
    try db.rows(
      """
      \(Self.selection) \(all ? "" : "WHERE kind = 'state' AND resolved_at IS NULL")
      ORDER BY fired_at, alert.id
      """
    ) { row in try AlertRecord(row) }
  }

  /// Returns an alert; nil if it is not stored.
  func alert(_ id: String) throws -> AlertRecord? {
    try db.first("\(Self.selection) WHERE alert.id = ?", id) { row in try AlertRecord(row) }
  }

  /// Returns the alerts that fired last, of a pair or of all, oldest first.
  func latest(of pair: CurrencyPair?, limit: Int) throws -> [AlertRecord] {
    try db.rows(
      """
      \(Self.selection)
      WHERE ?1 IS NULL OR (base IN (?1, ?1 || ' gram') AND quote = ?2)
      ORDER BY fired_at DESC, alert.id DESC LIMIT ?3
      """, pair?.base.code, pair?.quote.code, limit
    ) { row in try AlertRecord(row) }.reversed()
  }

  /// Returns the `data` of the firings of alerts, by their identifiers.
  func firings(of alerts: [String]) throws -> [String: JSONText] {
    let query = try db.prepared("SELECT data FROM alert WHERE id = ?")
    var firings: [String: JSONText] = [:]
    for alert in alerts {
      firings[alert] = try query.first(alert) { row in try row.jsonText("data") }
    }
    return firings
  }

  /// Returns the states of all alerts, or only of those that are pending or firing.
  func states(active: Bool = false) throws -> [AlertKey: AlertState] {
    let states = try db.rows(
      """
      SELECT rule, source.name AS source, base, quote, side, \(AlertState.columns)
      FROM alert_state JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      \(active ? "WHERE phase IN ('pending', 'firing')" : "")
      """
    ) { row in (try AlertKey(row), try AlertState(row)) }
    return Dictionary(states) { first, _ in first }
  }

  /// Returns the progress of a rule's alerts.
  func progress(ofRule name: String) throws -> [Series: AlertProgress] {
    let states = try states().filter { $0.key.rule == name }
    return Dictionary(states.map { ($0.key.series, $0.value.progress) }) { first, _ in first }
  }

  /// Returns the alerts that are pending or firing, sorted by rule and series.
  func active() throws -> [ActiveAlert] {
    let held = Set(try EventQueries(db: db).held().compactMap { $0.notification["alert_id"] })
    let records = Dictionary(try alerts(all: false).map { ($0.id, $0) }) { first, _ in first }
    let disappearances = try disappearances()
    return try states(active: true).map { key, state in
      let record = state.progress.firing.flatMap { records[$0.alertID] }
      return ActiveAlert(
        key: key, state: state, record: record,
        isHeld: record.map { held.contains($0.id) } ?? false, vanishedSince: disappearances[key])
    }.sorted { $0.key < $1.key }
  }

  /// Returns when the series of alerts disappeared that are not listed.
  private func disappearances() throws -> [AlertKey: Timestamp] {
    let rows = try db.rows(
      """
      SELECT rule, source.name AS source, base, quote, side, (
        SELECT p.first_seen
        FROM observation o CROSS JOIN publication p
          ON p.source_id = series.source_id AND p.number = o.publication
        WHERE o.series_id = series.id AND o.coefficient IS NULL
        ORDER BY o.publication DESC LIMIT 1
      ) AS vanished
      FROM alert_state JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      WHERE listed = 0
      """
    ) { row in (try AlertKey(row), try row.optionalInstant("vanished")) }
    return Dictionary(rows.compactMap { key, at in at.map { (key, $0) } }) { first, _ in first }
  }

  /// Returns the rates alerts were based on when they last fired.
  func bases() throws -> [AlertKey: AlertBasis] {
    let bases = try db.rows(
      """
      SELECT rule, alert_id, fired_at, value_date, rate,
        source.name AS source, base, quote, side
      FROM latest_alert JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      """
    ) { row in
      (try AlertKey(row), try AlertBasis(row))
    }
    return Dictionary(bases) { first, _ in first }
  }
}
