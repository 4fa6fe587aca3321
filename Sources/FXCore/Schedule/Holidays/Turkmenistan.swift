extension HolidayCalendar {
  /// The public holidays of Turkmenistan: Labour Code, article 81.
  ///
  /// Oraza bayramy and Kurban bayramy follow the moon; further free days are decreed.
  package static let turkmenistan = HolidayCalendar(
    name: "Turkmenistan",
    rules: [
      .fixed(1, 1),
      .fixed(3, 8, 21, 22),
      .fixed(5, 18),
      .fixed(9, 27),
      .fixed(10, 6),
      .fixed(12, 12),
      .islamic(10, 1),
      .islamic(12, 10, 11, 12),
    ],
    substitution: .ofSundays, tolerance: 1)
}
