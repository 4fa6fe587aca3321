extension HolidayCalendar {
  /// The public holidays of Tajikistan: the law on holidays of 1998, as amended.
  ///
  /// Idi Ramazon and Idi Kurbon follow the moon; bridging days are decreed.
  package static let tajikistan = HolidayCalendar(
    name: "Tajikistan",
    rules: [
      .fixed(1, 1),
      .fixed(3, 8, 21, 22, 23, 24),
      .fixed(5, 9),
      .fixed(6, 27),
      .fixed(9, 9),
      .fixed(11, 6),
      .islamic(10, 1),
      .islamic(12, 10),
    ],
    substitution: .ofWeekends, tolerance: 1)
}
