extension HolidayCalendar {
  /// The bank holidays of Sydney, where the Reserve Bank fixes its rates: Public Holidays Act 2010 (NSW).
  package static let australia = HolidayCalendar(
    name: "Australia",
    rules: [
      .fixed(1, 1, 26),
      .easter(.western, -2, 1),
      .fixed(4, 25),
      .weekday(1, onOrAfter: 6, 8),
      .weekday(1, onOrAfter: 8, 1),
      .weekday(1, onOrAfter: 10, 1),
      .fixed(12, 25, 26),
    ],
    substitution: .ofWeekends)
}
