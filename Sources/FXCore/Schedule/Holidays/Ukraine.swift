extension HolidayCalendar {
  /// The public holidays of Ukraine: Labour Code, article 73, Christmas by the new calendar.
  ///
  /// Under martial law they are working days, on which rates may be fixed all the same.
  package static let ukraine = HolidayCalendar(
    name: "Ukraine",
    rules: [
      .fixed(1, 1),
      .fixed(3, 8),
      .easter(.orthodox, 1, 50),
      .fixed(5, 1, 8, 9),
      .fixed(6, 28),
      .fixed(7, 15),
      .fixed(8, 24),
      .fixed(10, 1),
      .fixed(12, 25),
    ],
    substitution: .ofWeekends, tolerance: 1)
}
