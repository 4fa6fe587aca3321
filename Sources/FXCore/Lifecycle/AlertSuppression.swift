/// The silences and acknowledgements of one alert at one time.
package struct AlertSuppression {
  /// An acknowledgement, and how long it holds.
  package enum Acknowledgement {
    case none
    case until(Timestamp)
    case untilResolved
  }

  /// The end of the silence that mutes the alert the longest; nil where none does.
  package var silencedUntil: Timestamp?

  package var acknowledgement: Acknowledgement = .none

  /// No silence and no acknowledgement.
  package init() {}
}
