/// The figure an alert rested on when it fired, so that a revision of it can be told as what it is.
package struct AlertBasis: Hashable, Sendable {
  /// The identifier receivers know.
  package let alertID: String

  package let firedAt: Timestamp

  /// The value date of the figure.
  package let valueDate: CalendarDay

  /// The rate of one unit as it was told.
  package let rate: String

  /// What an alert rested on.
  package init(alertID: String, firedAt: Timestamp, valueDate: CalendarDay, rate: String) {
    self.alertID = alertID
    self.firedAt = firedAt
    self.valueDate = valueDate
    self.rate = rate
  }
}
