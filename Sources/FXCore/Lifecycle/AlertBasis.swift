/// The rate an alert was based on when it last fired, so that a revision of that rate becomes a
/// correction.
package struct AlertBasis: Hashable, Sendable {
  /// The identifier that receivers know.
  package let alertID: String

  package let firedAt: Timestamp

  /// The value date of the rate; nil where the alert is not based on the rate of a day, and a revision
  /// does not correct it.
  package let valueDate: CalendarDay?

  /// The rate of one unit as it was sent.
  package let rate: String

  /// The basis of one alert.
  package init(alertID: String, firedAt: Timestamp, valueDate: CalendarDay?, rate: String) {
    self.alertID = alertID
    self.firedAt = firedAt
    self.valueDate = valueDate
    self.rate = rate
  }
}
