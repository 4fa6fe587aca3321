/// The limits of the alert lifecycle, each with its unit and reason.
package enum AlertLimits {
  /// The number of evaluations examined for flapping.
  ///
  /// An alert that fired or resolved more than 4 times in 21 evaluations flaps: a fifth of the 20 steps
  /// between them, as in Nagios (its manual, "Detection and Handling of State Flapping").
  package static let evaluations: Int64 = 21

  /// The largest number of transitions among them that is not flapping.
  package static let transitions = 4

  /// The number of publications of a series in a row without a transition after which a flapping alert is
  /// stable: more than lie between two transitions of one that flaps.
  package static let stable: Int64 = 7
}
