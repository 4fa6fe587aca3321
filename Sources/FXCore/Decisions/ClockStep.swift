/// A step of the wall clock, by which open deliveries are moved.
package struct ClockStep: Hashable, Sendable {
  /// The time after the step, which identifies it: a step that is committed twice moves nothing twice.
  package let at: Timestamp

  /// The time that the clock was set forward.
  package let by: Duration

  /// A step.
  package init(at: Timestamp, by: Duration) {
    self.at = at
    self.by = by
  }
}
