extension HolidayCalendar {
  /// The public holidays of Georgia: Labour Code, article 30.
  ///
  /// Further free days are decreed, above all around New Year.
  package static let georgia = HolidayCalendar(
    name: "Georgia",
    rules: [
      .fixed(1, 1, 2, 7, 19),
      .fixed(3, 3, 8),
      .fixed(4, 9),
      .easter(.orthodox, -2, -1, 0, 1),
      .fixed(5, 9, 12, 17, 26),
      .fixed(8, 28),
      .fixed(10, 14),
      .fixed(11, 23),
    ],
    tolerance: 1)
}
