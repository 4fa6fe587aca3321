/// The outcome of one attempt to deliver one event.
package struct DeliveryReport: Hashable, Sendable {
  package let sequence: Int64
  package let outcome: DeliveryOutcome

  /// The outcome of an attempt.
  package init(sequence: Int64, outcome: DeliveryOutcome) {
    self.sequence = sequence
    self.outcome = outcome
  }
}
