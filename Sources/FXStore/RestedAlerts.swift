import FXCore
import GRDB

extension ChangesetWriter {
  /// Remembers the figures alerts rest on, each in place of the one before.
  mutating func write(_ rested: [AlertKey: AlertBasis]) throws {
    guard !rested.isEmpty else { return }
    let insertion = try db.prepared(
      """
      INSERT INTO rested_alert VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        alert_id = excluded.alert_id, fired_at = excluded.fired_at,
        value_date = excluded.value_date, rate = excluded.rate
      """)
    for (key, rested) in rested {
      try insertion.run(
        key.rule, identifiers.of(key.series, in: db), rested.alertID, rested.firedAt.milliseconds,
        rested.valueDate.daysSinceEpoch, rested.rate)
    }
  }
}

extension StateQueries {
  /// The figures alerts rested on when they last fired.
  func rested() throws -> [AlertKey: AlertBasis] {
    let rested = try db.rows(
      """
      SELECT rule, alert_id, fired_at, value_date, rate, name, base, quote, side
      FROM rested_alert JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      """
    ) { row in
      (
        AlertKey(rule: try row.text(0), series: try row.series(from: 5)),
        AlertBasis(
          alertID: try row.text(1), firedAt: try row.instant(2),
          valueDate: CalendarDay(daysSinceEpoch: Int(try row.integer(3))), rate: try row.text(4))
      )
    }
    return Dictionary(rested) { first, _ in first }
  }
}
