/// The silences and acknowledgements of one alert at one time.
struct AlertSuppression {
  /// An acknowledgement, and how long it holds.
  enum Acknowledgement {
    case none
    case until(Timestamp)
    case untilResolved
  }

  /// The end of the silence that mutes the alert the longest; nil where none does.
  var silencedUntil: Timestamp?

  var acknowledgement: Acknowledgement = .none
}
