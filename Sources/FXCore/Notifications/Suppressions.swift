/// The current silences and acknowledgements.
package struct Suppressions: Hashable, Sendable {
  package let silences: [Silence]
  package let acknowledgements: [Acknowledgement]

  /// Silences and acknowledgements; those that have ended have no effect.
  package init(silences: [Silence] = [], acknowledgements: [Acknowledgement] = []) {
    self.silences = silences
    self.acknowledgements = acknowledgements
  }

  /// Returns the silence that mutes an alert the longest; nil where none does.
  ///
  /// Cost: linear in the silences.
  package func silence(of alert: SilenceTarget, at now: Timestamp) -> Silence? {
    silences.filter { $0.isActive(at: now) && $0.covers(alert) }
      .max { ($0.until, $0.id) < ($1.until, $1.id) }
  }

  /// Returns the acknowledgement of an alert that is valid the longest; nil where there is none.
  package func acknowledgement(of alertID: String, at now: Timestamp) -> Acknowledgement? {
    acknowledgements.filter { $0.alertID == alertID && $0.isActive(at: now) }
      .max { ($0.until ?? .distantFuture, $0.id) < ($1.until ?? .distantFuture, $1.id) }
  }
}

extension Timestamp {
  /// Later than any other instant.
  fileprivate static let distantFuture = Timestamp(milliseconds: .max)
}
