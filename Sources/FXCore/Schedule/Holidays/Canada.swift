extension HolidayCalendar {
  /// The holidays of the Bank of Canada.
  ///
  /// Source: https://www.bankofcanada.ca/about/contact-information/bank-of-canada-holiday-schedule.
  package static let canada = HolidayCalendar(
    name: "Canada",
    rules: [
      .fixed(1, 1),
      .easter(.western, -2),
      .weekday(1, onOrAfter: 5, 18),
      .fixed(7, 1),
      .weekday(1, onOrAfter: 8, 1),
      .weekday(1, onOrAfter: 9, 1),
      .fixed(9, 30),
      .weekday(1, onOrAfter: 10, 8),
      .fixed(11, 11),
      .fixed(12, 25, 26),
    ],
    substitution: .ofWeekends)
}
