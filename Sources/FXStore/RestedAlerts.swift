import FXCore
import GRDB

extension ChangesetWriter {
  /// Remembers the figure an alert rests on, in place of the one before.
  mutating func write(_ rested: RestedAlert, of key: AlertKey) throws {
    try db.run(
      "INSERT OR REPLACE INTO rested_alert VALUES (?, ?, ?, ?, ?, ?)",
      [
        key.rule, identifiers.of(key.series, in: db), rested.alertID, rested.firedAt.milliseconds,
        rested.valueDate.daysSinceEpoch, rested.rate,
      ])
  }
}

extension StateQueries {
  /// The figures alerts rested on when they last fired.
  func rested() throws -> [AlertKey: RestedAlert] {
    let rested = try db.rows(
      """
      SELECT rule, alert_id, fired_at, value_date, rate, name, base, quote, side
      FROM rested_alert JOIN series ON series.id = series_id JOIN source ON source.id = source_id
      """
    ) { row in
      (
        AlertKey(rule: try row.text(0), series: try row.series(from: 5)),
        RestedAlert(
          alertID: try row.text(1), firedAt: try row.instant(2),
          valueDate: CalendarDay(daysSinceEpoch: Int(try row.integer(3))), rate: try row.text(4))
      )
    }
    return Dictionary(rested) { first, _ in first }
  }
}
