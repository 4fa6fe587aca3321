/// The instant from which the windows `since armed` of an alert begin.
package struct AlertArming: Hashable, Sendable {
  /// The time at which the alert last became inactive, or, of an event, fired; before that, the time of
  /// its first evaluation.
  package var at: Timestamp

  /// The arming before; nil where there is none.
  ///
  /// A revision of the rate that armed the alert is evaluated as that rate was.
  package var before: Timestamp?

  /// An arming of an alert.
  package init(at: Timestamp, before: Timestamp? = nil) {
    self.at = at
    self.before = before
  }

  /// The earlier of both instants.
  package var earliest: Timestamp { before ?? at }

  /// Arms the alert again.
  mutating func renew(at now: Timestamp) { self = AlertArming(at: now, before: at) }
}
