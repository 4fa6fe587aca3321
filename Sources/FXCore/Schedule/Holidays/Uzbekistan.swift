extension HolidayCalendar {
  /// The public holidays of Uzbekistan: Labour Code, article 208.
  ///
  /// Ramadan hayit and Kurban hayit follow the moon; further free days are decreed each year.
  package static let uzbekistan = HolidayCalendar(
    name: "Uzbekistan",
    rules: [
      .fixed(1, 1, 2),
      .fixed(3, 8, 21),
      .fixed(5, 9),
      .fixed(9, 1),
      .fixed(10, 1),
      .fixed(12, 8),
      .islamic(10, 1),
      .islamic(12, 10),
    ],
    substitution: .ofWeekends, tolerance: 1)
}
