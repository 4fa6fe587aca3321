import FXCore
import GRDB

/// Reads silences and acknowledgements.
struct SuppressionQueries {
  let db: Database

  /// Returns those current at an instant, or for nil all there ever were; oldest first.
  func suppressions(at now: Timestamp?) throws -> Suppressions {
    Suppressions(
      silences: try silences(at: now), acknowledgements: try acknowledgements(at: now))
  }

  private func silences(at now: Timestamp?) throws -> [Silence] {
    try db.rows(
      """
      SELECT id, matchers, author, reason, created, until, ended FROM silence
      WHERE ?1 IS NULL OR (ended IS NULL AND until > ?1) ORDER BY id
      """, now
    ) { row in try Silence(row) }
  }

  private func acknowledgements(at now: Timestamp?) throws -> [Acknowledgement] {
    try db.rows(
      """
      SELECT acknowledgement.id, alert_id, author, reason, created, until, ended
      FROM acknowledgement JOIN alert ON alert.id = alert_id
      WHERE ?1 IS NULL OR (ended IS NULL AND (until IS NULL OR until > ?1) AND resolved_at IS NULL)
      ORDER BY acknowledgement.id
      """, now
    ) { row in try Acknowledgement(row) }
  }
}
