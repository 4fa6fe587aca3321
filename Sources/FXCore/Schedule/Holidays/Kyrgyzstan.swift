extension HolidayCalendar {
  /// The public holidays of Kyrgyzstan: Labour Code, articles 112 and 113.
  ///
  /// The first week of January is free by decree nearly every year; Orozo Ait and Kurman Ait follow
  /// the moon; bridging days are decreed.
  package static let kyrgyzstan = HolidayCalendar(
    name: "Kyrgyzstan",
    rules: [
      .fixed(1, 1, 2, 3, 4, 5, 6, 7, 8),
      .fixed(2, 23),
      .fixed(3, 8, 21),
      .fixed(4, 7),
      .fixed(5, 1, 5, 9),
      .fixed(8, 31),
      .fixed(11, 7, 8),
      .islamic(10, 1),
      .islamic(12, 10),
    ],
    substitution: .ofWeekends, tolerance: 1)
}
