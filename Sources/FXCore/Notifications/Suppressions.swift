/// The silences and acknowledgements in force: what people asked not to be told.
package struct Suppressions: Hashable, Sendable {
  package let silences: [Silence]
  package let acknowledgements: [Acknowledgement]

  /// Those in force; those that are over change nothing.
  package init(silences: [Silence] = [], acknowledgements: [Acknowledgement] = []) {
    self.silences = silences
    self.acknowledgements = acknowledgements
  }

  /// The silence that covers an alert the longest; nil while none does.
  ///
  /// Cost: linear in the silences.
  package func silence(
    of key: AlertKey, severity: Severity, at now: Timestamp
  ) -> Silence? {
    silences.filter { $0.isActive(at: now) && $0.covers(key, severity: severity) }
      .max { ($0.until, $0.id) < ($1.until, $1.id) }
  }

  /// The acknowledgement of an alert that holds the longest; nil while there is none.
  package func acknowledgement(of alertID: String, at now: Timestamp) -> Acknowledgement? {
    acknowledgements.filter { $0.alertID == alertID && $0.isActive(at: now) }
      .max { ($0.until ?? .distantFuture, $0.id) < ($1.until ?? .distantFuture, $1.id) }
  }
}

extension Timestamp {
  /// Later than anything that is ever compared with it.
  fileprivate static let distantFuture = Timestamp(milliseconds: .max)
}
